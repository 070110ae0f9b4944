package com.audiojones.bus.admin.target;

import com.audiojones.bus.config.Secret;
import com.audiojones.bus.target.AddressPolicy;
import org.jspecify.annotations.Nullable;

/**
 * What the operator allows targets to be.
 *
 * @param addresses where they may point to
 * @param sharedSecret signs for targets without a secret of their own; null: every target needs one
 */
public record TargetRules(AddressPolicy addresses, @Nullable Secret sharedSecret) {}
