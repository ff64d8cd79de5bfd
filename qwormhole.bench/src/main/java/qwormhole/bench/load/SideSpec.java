package qwormhole.bench.load;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/**
 * What a child process is to open.
 *
 * @param contender {@code bare}, or the id of the provider that must carry the bytes
 * @param workload what will be done
 * @param size payload bytes of a message
 * @param clients connections
 * @param send the form of send, for streams
 * @param port where the server listens; 0 for the server itself, which takes a free one
 * @param bareWriteBytes how much the bare pair writes at once
 */
public record SideSpec(
    String contender,
    Workload workload,
    int size,
    int clients,
    SendForm send,
    int port,
    int bareWriteBytes) {
  /** The contender that is the yardstick and not a provider. */
  public static final String BARE = "bare";

  /** Whether this is the yardstick. */
  public boolean isBare() {
    return contender.equals(BARE);
  }

  /** The same for another contender. */
  public SideSpec withContender(String id) {
    return new SideSpec(id, workload, size, clients, send, port, bareWriteBytes);
  }

  /** The same for a client of this port. */
  public SideSpec withPort(int value) {
    return new SideSpec(contender, workload, size, clients, send, value, bareWriteBytes);
  }

  /** As JSON, for the child. */
  public ObjectNode toJson() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("contender", contender)
        .put("workload", workload.id())
        .put("size", size)
        .put("clients", clients)
        .put("send", send.id())
        .put("port", port)
        .put("bareWriteBytes", bareWriteBytes);
  }

  /** What {@link #toJson} wrote. */
  public static SideSpec fromJson(ObjectNode json) {
    return new SideSpec(
        json.get("contender").asText(),
        Workload.valueOf(json.get("workload").asText().toUpperCase(Locale.ROOT)),
        json.get("size").asInt(),
        json.get("clients").asInt(),
        SendForm.valueOf(json.get("send").asText().toUpperCase(Locale.ROOT)),
        json.get("port").asInt(),
        json.get("bareWriteBytes").asInt());
  }
}
