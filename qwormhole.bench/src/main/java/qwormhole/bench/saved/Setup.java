package qwormhole.bench.saved;

import java.util.ArrayList;
import java.util.List;
import qwormhole.bench.load.Features;

/**
 * Everything of a row but the pairing: rows of one setup are compared with each other.
 *
 * @param workload its name
 * @param size payload bytes of a message; 0 where there is none
 * @param clients connections
 * @param depth outstanding on each
 * @param features what QWormhole's endpoints did besides
 */
public record Setup(String workload, long size, long clients, long depth, Features features) {

  /** What differs from the plainest case, in words, without the size. */
  public String detail() {
    List<String> words = new ArrayList<>();
    if (clients > 1) {
      words.add(clients + " clients");
    }
    if (depth > 1) {
      words.add(workload.equals("connect") ? depth + " at once" : depth + " deep");
    }
    words.addAll(features.words());
    return String.join(", ", words);
  }
}
