/**
 * The conformance kit of transport providers, shipped as a test jar. A provider's own test extends
 * {@link qwormhole.api.tck.TransportConformance} and says how to make the provider; every behaviour
 * that {@code qwormhole.api.spi} promises is then one named test. {@link
 * qwormhole.api.tck.ProcessConformance} asks what it does to a process of its own, {@link
 * qwormhole.api.tck.LoopFailureConformance} what becomes of a loop that dies, and {@link
 * qwormhole.api.tck.ProviderArchitecture} what its classes know.
 *
 * <p>The kit uses nothing but the SPI, with plain JDK sockets as peers, and needs JUnit 6, AssertJ
 * and Awaitility. It waits for conditions with a deadline and never sleeps for luck. Payloads come
 * from one seed, which failures name and {@code -Dqwormhole.tck.seed} sets.
 */
package qwormhole.api.tck;
