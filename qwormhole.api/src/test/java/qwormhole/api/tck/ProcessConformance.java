package qwormhole.api.tck;

import java.io.IOException;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import qwormhole.api.spi.ProviderInfo;
import qwormhole.api.spi.TransportProvider;

/**
 * What a transport provider does to its process: memory, descriptors, threads and processor time.
 * Each test has a process of its own, in which nothing else happens:
 *
 * <pre>{@code
 * class MyProcessConformanceTest extends ProcessConformance {
 *   MyProcessConformanceTest() {
 *     super("mine");
 *   }
 * }
 * }</pre>
 *
 * <p>The process finds the provider by its id on its class path, so the jar needs an entry under
 * {@code META-INF/services} as well.
 */
@EnabledOnOs(OS.LINUX)
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class ProcessConformance
    implements AllocationConformance,
        DeafPeerConformance,
        DescriptorConformance,
        LeakConformance,
        LogOutputConformance {

  private final String provider;

  /**
   * A test of a provider.
   *
   * @param provider its id
   */
  protected ProcessConformance(String provider) {
    this.provider = provider;
  }

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
    Presence.check(find(provider), mayBeUnavailable());
  }

  @Override
  public final ChildJvm run(String shell, Class<?> main) throws IOException {
    return new ChildJvm(shell, main, provider);
  }

  /** The provider with an id, in this process. */
  static TransportProvider find(String id) {
    return ServiceLoader.load(TransportProvider.class).stream()
        .filter(each -> each.type().getAnnotation(ProviderInfo.class).id().equals(id))
        .map(ServiceLoader.Provider::get)
        .findFirst()
        .orElseThrow(() -> new AssertionError("there is no provider with the id " + id));
  }
}
