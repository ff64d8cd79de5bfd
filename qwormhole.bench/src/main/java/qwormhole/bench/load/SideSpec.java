package qwormhole.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/**
 * What a child process is to open.
 *
 * @param contender {@code bare}, or the id of the provider that must carry the bytes
 * @param workload what will be done
 * @param size payload bytes of a message
 * @param clients connections
 * @param depth echoes outstanding on each connection, or connects under way
 * @param send the form of send, for streams
 * @param features what QWormhole's endpoints do besides
 * @param seed of the payload's bytes
 * @param host where the server listens, numeric or a name
 * @param port where the server listens; 0 for the server itself, which takes a free one
 * @param certificate the one server that a client over TLS trusts, DER in base64; else empty
 * @param sharedClock whether both sides read the same clock: they are on one machine
 * @param bareWriteBytes how much the bare pair writes at once
 */
public record SideSpec(
    String contender,
    Workload workload,
    int size,
    int clients,
    int depth,
    SendForm send,
    Features features,
    long seed,
    String host,
    int port,
    String certificate,
    boolean sharedClock,
    int bareWriteBytes) {
  /** The contender that is the yardstick and not a provider. */
  public static final String BARE = "bare";

  /** The loopback address. */
  public static final String LOOPBACK = "127.0.0.1";

  private static final int MAX_SIZE = 1 << 30;
  private static final int SAMPLED_SIZE = 16 * 1024;
  private static final int SAMPLE_EVERY = 64;

  /** Whether this is the yardstick. */
  public boolean isBare() {
    return contender.equals(BARE);
  }

  /**
   * Each how-manieth message carries its time: all large ones, since there are few; one in 64 small
   * ones, since reading the clock is not free. 0 is none.
   */
  public int sampleEvery() {
    if (!sharedClock || workload.isEcho()) {
      return 0;
    }
    return size >= SAMPLED_SIZE ? 1 : SAMPLE_EVERY;
  }

  /** The same for another contender. */
  public SideSpec withContender(String id) {
    return new SideSpec(
        id,
        workload,
        size,
        clients,
        depth,
        send,
        features,
        seed,
        host,
        port,
        certificate,
        sharedClock,
        bareWriteBytes);
  }

  /** The same for the client of a server. */
  public SideSpec to(String newHost, int newPort, String newCertificate) {
    return new SideSpec(
        contender,
        workload,
        size,
        clients,
        depth,
        send,
        features,
        seed,
        newHost,
        newPort,
        newCertificate,
        sharedClock,
        bareWriteBytes);
  }

  /** As JSON, for the child. */
  public ObjectNode toJson() {
    return features
        .addTo(JsonNodeFactory.instance.objectNode())
        .put("contender", contender)
        .put("workload", workload.id())
        .put("size", size)
        .put("clients", clients)
        .put("depth", depth)
        .put("send", send.id())
        .put("seed", seed)
        .put("host", host)
        .put("port", port)
        .put("certificate", certificate)
        .put("sharedClock", sharedClock)
        .put("bareWriteBytes", bareWriteBytes);
  }

  /**
   * What {@link #toJson} wrote.
   *
   * @throws IOException when a member is missing or out of range; it may come from another machine
   */
  public static SideSpec fromJson(JsonNode json) throws IOException {
    return new SideSpec(
        Fields.text(json, "contender"),
        Fields.choice(json, "workload", Workload.class),
        (int) Fields.integer(json, "size", 0, MAX_SIZE),
        (int) Fields.integer(json, "clients", 1, Limits.MAX_CLIENTS),
        (int) Fields.integer(json, "depth", 1, Limits.MAX_DEPTH),
        Fields.choice(json, "send", SendForm.class),
        Features.of(json),
        Fields.integer(json, "seed", Long.MIN_VALUE, Long.MAX_VALUE),
        Fields.text(json, "host"),
        (int) Fields.integer(json, "port", 0, 65_535),
        Fields.text(json, "certificate"),
        json.path("sharedClock").asBoolean(),
        (int) Fields.integer(json, "bareWriteBytes", 64, MAX_SIZE));
  }
}
