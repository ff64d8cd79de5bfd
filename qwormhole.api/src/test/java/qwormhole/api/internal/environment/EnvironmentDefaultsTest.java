package qwormhole.api.internal.environment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import qwormhole.api.ClientOptions;
import qwormhole.api.HandshakeVerifier;
import qwormhole.api.HandshakeVerifier.Applicant;
import qwormhole.api.HandshakeVerifier.Verdict;
import qwormhole.api.PeerInfo;
import qwormhole.api.ServerOptions;
import qwormhole.api.codec.Codec;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.internal.observe.LogWriter;
import qwormhole.api.internal.observe.RecordingLogger;

class EnvironmentDefaultsTest {
  private final Map<String, String> properties = new HashMap<>();
  private final Map<String, String> environment = new HashMap<>();
  private final RecordingLogger logger = new RecordingLogger(Level.WARNING);
  private final EnvironmentDefaults defaults =
      new EnvironmentDefaults(
          properties::get, environment::get, new LogWriter(logger, System::nanoTime));

  private ServerOptions.Builder<String> server() {
    ServerOptions.Builder<String> builder = ServerOptions.builder(Codec.text());
    defaults.accept(builder);
    return builder;
  }

  @Test
  void withoutAnyVariableNothingChanges() {
    ServerOptions<String> options = server().build();

    assertThat(options.protocolVersion()).isEqualTo("1.0.0");
    assertThat(options.host()).isEqualTo("127.0.0.1");
    assertThat(options.allowedVersions()).isEmpty();
    assertThat(options.handshake()).isTrue();
    assertThat(options.verifier()).isEmpty();
  }

  @Test
  void everyVariableIsHeard() {
    environment.put("QWORMHOLE_PROTOCOL_VERSION", " 2.1.0 ");
    environment.put("QWORMHOLE_HANDSHAKE_ALLOWED_VERSIONS", "2.0.0, 2.1.0");
    environment.put("QWORMHOLE_BIND_HOST", "0.0.0.0");
    environment.put("QWORMHOLE_REQUIRE_HANDSHAKE", "yes");

    ServerOptions<String> options = server().build();
    ClientOptions.Builder<String> client = ClientOptions.builder(Codec.text());
    defaults.accept(client);

    assertThat(options.protocolVersion()).isEqualTo("2.1.0");
    assertThat(options.allowedVersions()).isEqualTo(Set.of("2.0.0", "2.1.0"));
    assertThat(options.host()).isEqualTo("0.0.0.0");
    assertThat(options.handshake()).isTrue();
    assertThat(client.build().protocolVersion()).isEqualTo("2.1.0");
    assertThat(client.build().host()).as("a server's variable").isEqualTo("127.0.0.1");
    assertThat(logger.lines()).isEmpty();
  }

  @Test
  void optionsBeatPropertiesAndPropertiesBeatVariables() {
    environment.put("QWORMHOLE_PROTOCOL_VERSION", "1.1.1");
    properties.put("qwormhole.protocol.version", "2.2.2");

    assertThat(server().build().protocolVersion()).isEqualTo("2.2.2");
    assertThat(server().protocolVersion("3.3.3").build().protocolVersion()).isEqualTo("3.3.3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "false", "off", "NO"})
  void aHandshakeNeedNotBeRequired(String word) {
    environment.put("QWORMHOLE_REQUIRE_HANDSHAKE", word);

    assertThat(server().build().handshake()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "role      | role=edge            | true",
        "role=edge | role=edge            | true",
        "role=edge | role=core            | false",
        "role=edge | ROLE=edge            | false",
        "role      | zone=eu              | false",
        "role,zone=eu | role=x;zone=eu    | true",
        "role,zone=eu | role=x;zone=us    | false",
        "shard=7   | shard#7              | true",
        "expr=a=b  | expr=a=b             | true"
      })
  void requiredTagsAreAsked(String required, String tags, boolean accepted) {
    environment.put("QWORMHOLE_HANDSHAKE_REQUIRED_TAGS", required);

    Verdict verdict = verdict(tags);

    assertThat(verdict.isAccepted()).isEqualTo(accepted);
    if (!accepted) {
      assertThat(verdict.code()).isEqualTo(ErrorCode.E_HANDSHAKE_REJECTED);
      assertThat(verdict.reason()).startsWith("tag ").doesNotContain("edge", "eu");
    }
  }

  @Test
  void theVerifierAddsToTheApplicationsOwn() {
    environment.put("QWORMHOLE_HANDSHAKE_REQUIRED_TAGS", "role");
    HandshakeVerifier both =
        server().verifier(HandshakeVerifier.of(applicant -> false)).build().verifier().get();

    assertThat(ask(both, "role=edge").code()).isEqualTo(ErrorCode.E_UNAUTHORIZED);
    assertThat(ask(both, "other=1").code()).isEqualTo(ErrorCode.E_HANDSHAKE_REJECTED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "QWORMHOLE_PROTOCOL_VERSION           | 1 0         | visible ASCII",
        "QWORMHOLE_BIND_HOST                  | a b         | visible ASCII",
        "QWORMHOLE_REQUIRE_HANDSHAKE          | perhaps     | 1, true, on, yes; 0",
        "QWORMHOLE_HANDSHAKE_ALLOWED_VERSIONS | 1.0.0,,     | versions with commas",
        "QWORMHOLE_HANDSHAKE_REQUIRED_TAGS    | =x,,        | key or key=value"
      })
  void aMalformedValueIsWarnedOfOnceWithWhatIsAccepted(String name, String value, String accepted) {
    environment.put(name, value);

    server();
    server();

    assertThat(logger.texts(Level.WARNING)).hasSize(1);
    assertThat(logger.texts(Level.WARNING).get(0)).contains(name, value, accepted);
  }

  @Test
  void ofAListTheWellFormedEntriesHold() {
    environment.put("QWORMHOLE_HANDSHAKE_REQUIRED_TAGS", "=x,role");

    assertThat(verdict("zone=eu").isAccepted()).isFalse();
    assertThat(verdict("role=1").isAccepted()).isTrue();
  }

  @Test
  void requiredTagsKeepTheHandshakeOn() {
    environment.put("QWORMHOLE_HANDSHAKE_REQUIRED_TAGS", "role");
    environment.put("QWORMHOLE_REQUIRE_HANDSHAKE", "0");

    assertThat(server().build().handshake()).isTrue();
    assertThat(logger.texts(Level.WARNING)).hasSize(1);
  }

  private Verdict verdict(String tags) {
    return ask(server().build().verifier().orElseThrow(), tags);
  }

  private static Verdict ask(HandshakeVerifier verifier, String tags) {
    ObjectNode handshake = JsonNodeFactory.instance.objectNode();
    ObjectNode said = handshake.putObject("tags");
    for (String tag : tags.split(";", -1)) {
      String[] parts = tag.split("[=#]", 2);
      if (tag.contains("#")) {
        said.put(parts[0], Long.parseLong(parts[1]));
      } else {
        said.put(parts[0], parts[1]);
      }
    }
    PeerInfo peer = PeerInfo.of(handshake, Optional.empty(), false);
    return verifier
        .verify(new Applicant(peer, new InetSocketAddress(0), Optional.empty()))
        .toCompletableFuture()
        .join();
  }
}
