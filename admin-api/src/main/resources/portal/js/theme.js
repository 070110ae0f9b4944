const stored = 'ajbus-theme';
const root = document.documentElement;

/** What the page looks like now, chosen or as the system has it. */
export const isDark = () =>
  (root.dataset.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark';

/** Looks as it was chosen before. */
export function applyTheme() {
  const chosen = localStorage.getItem(stored);
  if (chosen === 'dark' || chosen === 'light') root.dataset.theme = chosen;
}

export function toggleTheme() {
  root.dataset.theme = isDark() ? 'light' : 'dark';
  localStorage.setItem(stored, root.dataset.theme);
}
