// Serves the POST that a Next.js route file exports: node spec-receivers-next-host.cjs ROUTE_FILE
const { createServer } = require('node:http');
const { NextRequest } = require('next/server');
const { POST } = require(process.argv[2]);

const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const { method, headers, url } = request;
  const answer = await POST(new NextRequest(new URL(url, 'http://127.0.0.1'), { method, headers, body: Buffer.concat(chunks) }));
  response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
});

server.listen(0, '127.0.0.1', () => console.log(`listening on http://127.0.0.1:${server.address().port}/api/aj-webhook`));
