package qwormhole.libsocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchTableTest {

  private final WatchTable table = new WatchTable();

  @Test
  void aKeyFindsWhatItWasGivenForHoweverManyThereAre() {
    List<Watched> all = new ArrayList<>();
    List<Long> keys = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      Watched each = new Nothing();
      all.add(each);
      keys.add(table.add(each));
    }
    assertThat(keys).doesNotHaveDuplicates().doesNotContain(0L);
    assertThat(keys.stream().map(table::get)).containsExactlyElementsOf(all);
    assertThat(table.copy()).containsExactlyElementsOf(all);
  }

  @Test
  void anEventOfWhatWasClosedDoesNotFindWhatCameAfterIt() {
    long before = table.add(new Nothing());
    table.remove(before);
    assertThat(table.get(before)).isNull();
    Watched next = new Nothing();
    long after = table.add(next);
    assertThat((int) after).as("the same place").isEqualTo((int) before);
    assertThat(table.get(before)).isNull();
    assertThat(table.get(after)).isSameAs(next);
  }

  @Test
  void theKeyOfAWakeUpFindsNothing() {
    table.add(new Nothing());
    assertThat(table.get(0)).isNull();
  }

  @Test
  void aSuccessorIsFoundUnderTheSameKey() {
    long key = table.add(new Nothing());
    Watched successor = new Nothing();
    table.set(key, successor);
    assertThat(table.get(key)).isSameAs(successor);
  }

  private static final class Nothing extends Watched {
    Nothing() {
      super(null, -1);
    }

    @Override
    void ready(int events) {}

    @Override
    void end(Throwable cause) {}
  }
}
