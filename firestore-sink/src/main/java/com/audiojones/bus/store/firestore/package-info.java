/** The event store in Google's Firestore: the collections of the contract, for everyone who reads Firestore. */
@NullMarked
package com.audiojones.bus.store.firestore;

import org.jspecify.annotations.NullMarked;
