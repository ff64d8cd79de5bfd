package qwormhole.lws;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Numbers for what is watched, from 1, so that a callback finds it without hashing. */
final class WsiTable {

  private Wsi[] all = new Wsi[64];
  private int[] free = new int[64];
  private int freeCount;
  private int used = 1;

  int add(Wsi handler) {
    int id = freeCount > 0 ? free[--freeCount] : used++;
    if (id == all.length) {
      all = Arrays.copyOf(all, 2 * id);
      free = Arrays.copyOf(free, 2 * id);
    }
    all[id] = handler;
    return id;
  }

  /** Null for a number that is not in use. */
  Wsi get(long id) {
    return id > 0 && id < all.length ? all[(int) id] : null;
  }

  void set(int id, Wsi handler) {
    all[id] = handler;
  }

  void remove(int id) {
    all[id] = null;
    free[freeCount++] = id;
  }

  List<Wsi> copy() {
    List<Wsi> copy = new ArrayList<>();
    for (Wsi each : all) {
      if (each != null) {
        copy.add(each);
      }
    }
    return copy;
  }
}
