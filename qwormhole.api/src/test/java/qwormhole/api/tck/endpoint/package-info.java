/**
 * The endpoint half of the provider conformance kit: servers and clients of the public API, carried by
 * the providers under test, against each other and against hand-written socket peers. A provider's own
 * test extends {@link qwormhole.api.tck.endpoint.EndpointConformance} with the provider on both sides,
 * and {@link qwormhole.api.tck.endpoint.PairingConformance} for each provider that it is to meet.
 *
 * <p>The kit uses the public API, plain JDK sockets and loopback addresses, and needs JUnit 6, AssertJ
 * and Awaitility. It waits for conditions with a deadline and never sleeps for luck. Contents come from
 * one seed, which failures name and {@code -Dqwormhole.tck.seed} sets.
 */
package qwormhole.api.tck.endpoint;
