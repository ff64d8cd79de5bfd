package qwormhole.libsocket;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Keys for what is watched, so that an event finds it without hashing: a place in the low half, and
 * in the high half how often the place was given away. So an event of what was closed earlier in the
 * same turn finds nothing, and not what came after it.
 */
final class WatchTable {

  private Watched[] all = new Watched[64];
  private int[] uses = new int[64];
  private int[] free = new int[64];
  private int freeCount;
  private int used = 1; // place 0 is nobody's, nor is key 0

  long add(Watched handler) {
    int place = freeCount > 0 ? free[--freeCount] : used++;
    if (place == all.length) {
      all = Arrays.copyOf(all, 2 * place);
      uses = Arrays.copyOf(uses, 2 * place);
      free = Arrays.copyOf(free, 2 * place);
    }
    all[place] = handler;
    return ((long) ++uses[place] << 32) | place;
  }

  /** Null for a key that is not in use. */
  Watched get(long key) {
    int place = (int) key;
    return uses[place] == (int) (key >>> 32) ? all[place] : null;
  }

  void set(long key, Watched handler) {
    all[(int) key] = handler;
  }

  void remove(long key) {
    int place = (int) key;
    all[place] = null;
    free[freeCount++] = place;
  }

  List<Watched> copy() {
    List<Watched> copy = new ArrayList<>();
    for (Watched each : all) {
      if (each != null) {
        copy.add(each);
      }
    }
    return copy;
  }
}
