package qwormhole.api.tck;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import qwormhole.api.spi.Listener;

/** What ten thousand connections leave behind, ended in every way: nothing. */
interface LeakConformance extends OwnProcess {

  /** A heap that is all there from the beginning, and little that a compiler adds: memory is flat. */
  String STEADY =
      "export MALLOC_ARENA_MAX=1 JDK_JAVA_OPTIONS='-Xms128m -XX:+AlwaysPreTouch"
          + " -XX:+UseSerialGC -XX:TieredStopAtLevel=1'; ";

  /** Measured: under 1 MiB. A kilobyte lost with each connection would be 10 MiB. */
  long MOST_DIRECT_BYTES = 1 << 20;

  /** Measured: under 4 MiB. Also what no other count shows, such as memory of a C library. */
  long MOST_RESIDENT_BYTES = 24 << 20;

  @Test
  default void tenThousandConnectionsLeaveNothingBehind() throws Exception {
    try (ChildJvm child = run(STEADY, Connections.class)) {
      Usage before = Usage.parse(child.line());
      Usage after = Usage.parse(child.line());
      System.out.println("before 10000 connections " + before + ", after them " + after);
      assertThat(after.descriptors()).as("descriptors").isLessThanOrEqualTo(before.descriptors());
      assertThat(after.threads()).as("threads").isLessThanOrEqualTo(before.threads());
      assertThat(after.directBytes() - before.directBytes())
          .as("bytes of direct buffers")
          .isLessThan(MOST_DIRECT_BYTES);
      assertThat(after.residentBytes() - before.residentBytes())
          .as("bytes of the process")
          .isLessThan(MOST_RESIDENT_BYTES);
    }
  }

  /** Measures before and after. */
  final class Connections {

    private static final int WARM_UP = 3_000;
    private static final int COUNT = 10_000;

    private Connections() {}

    public static void main(String[] arguments) throws Exception {
      try (ShortLives lives = new ShortLives(ProcessConformance.find(arguments[0]));
          Listener listener = lives.listen()) {
        lives.live(listener.address(), WARM_UP);
        Usage.now(); // reading files for it opens what the JDK then keeps
        Usage before = Usage.now();
        System.out.println(before.line());
        lives.live(listener.address(), COUNT);
        System.out.println(Usage.settled(before).line());
      }
    }
  }
}
