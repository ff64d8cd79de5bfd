package qwormhole.api.tck.endpoint;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import qwormhole.api.ClientListener;
import qwormhole.api.ClientOptions;
import qwormhole.api.QWormhole;
import qwormhole.api.QWormholeClient;
import qwormhole.api.codec.Codec;
import qwormhole.api.error.QWormholeException;

/** Tests of servers over one provider and clients over another, or the same. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class PairOfProviders implements Topic {

  private static final Map<String, String> UNAVAILABLE = new ConcurrentHashMap<>();

  private final String serverProvider;
  private final String clientProvider;
  private Stage stage;

  PairOfProviders(String serverProvider, String clientProvider) {
    this.serverProvider = serverProvider;
    this.clientProvider = clientProvider;
  }

  /**
   * Whether a provider may be unavailable where the tests run, for want of a library for instance. The
   * tests are then reported as aborted, with the reason; otherwise they fail.
   *
   * @return false unless overridden
   */
  protected boolean mayBeUnavailable() {
    return false;
  }

  @BeforeEach
  final void prepare() {
    checkAvailable(serverProvider);
    checkAvailable(clientProvider);
    stage = new Stage(serverProvider, clientProvider);
  }

  private void checkAvailable(String provider) {
    String why = UNAVAILABLE.computeIfAbsent(provider, PairOfProviders::tryOut);
    if (!why.isEmpty()) {
      if (mayBeUnavailable()) {
        abort(why);
      }
      fail(why);
    }
  }

  /** Why a provider cannot be opened, or nothing. */
  private static String tryOut(String provider) {
    var options = ClientOptions.builder(Codec.bytes()).require(provider).build();
    try (QWormholeClient<?> client = QWormhole.client(options, new ClientListener<>() {})) {
      return client.state() == QWormholeClient.State.IDLE ? "" : "a new client is not idle";
    } catch (QWormholeException unavailable) {
      return unavailable.getMessage();
    }
  }

  @AfterEach
  final void cleanUp() throws Exception {
    if (stage != null) {
      stage.end();
    }
  }

  @Override
  public final Stage stage() {
    return stage;
  }
}
