package qwormhole.api.tck;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import qwormhole.api.spi.TransportProvider;

/**
 * Everything that a transport provider has to do, one test for each behaviour:
 *
 * <pre>{@code
 * class MyProviderConformanceTest extends TransportConformance {
 *   @Override
 *   protected TransportProvider provider() {
 *     return new MyTransportProvider();
 *   }
 * }
 * }</pre>
 *
 * <p>The tests are in the interfaces that this class implements, one for each topic. Each test opens
 * transports of its own; when it is over these are closed, and besides its own assertions it fails
 * if a handler was called on a wrong thread, out of order, after {@code onClosed} or without {@code
 * onClosed} in the end, if a thread is left, or if a transport reported a failure.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class TransportConformance
    implements IdentityConformance,
        EchoConformance,
        GatheringConformance,
        InboundConformance,
        OutboundConformance,
        PeerEndConformance,
        CloseConformance,
        HandlerFaultConformance,
        LoopConformance,
        HangConformance,
        ListenConformance,
        ConnectConformance,
        TransportEndConformance,
        ManyLinksConformance,
        ResourceConformance {

  private Bed bed;

  /**
   * Makes the provider under test.
   *
   * @return a new provider
   */
  protected abstract TransportProvider provider();

  /**
   * Whether the provider may be unavailable where the tests run, for want of a library for instance.
   * Its tests are then reported as aborted, with the provider's reason; otherwise they fail.
   *
   * @return false unless overridden
   */
  protected boolean mayBeUnavailable() {
    return false;
  }

  @BeforeEach
  final void prepare() {
    TransportProvider provider = provider();
    Presence.check(provider, mayBeUnavailable());
    bed = new Bed(provider);
  }

  @AfterEach
  final void cleanUp() {
    if (bed != null) {
      bed.close();
    }
  }

  @Override
  public final Bed bed() {
    return bed;
  }
}
