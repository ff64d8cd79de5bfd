package qwormhole.api.internal.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReplayBufferTest {
  private final SegmentPool pool = new SegmentPool(64 << 20);
  private final OutboundQueue queue = new OutboundQueue(pool);
  private final ReplayBuffer replay = new ReplayBuffer();

  private void add(String message, boolean stream) {
    ByteBuffer payload = ByteBuffer.wrap(message.getBytes(StandardCharsets.UTF_8));
    assertThat(queue.add(payload, true, 0, true, stream)).isTrue();
  }

  /** Takes what is queued for writing, and writes all but the last of it; returns the last. */
  private Segment writeAllButTheLast() {
    Segment last = null;
    for (Segment s = queue.take(); s != null; s = queue.take()) {
      if (last != null) {
        write(last);
      }
      replay.number(s);
      last = s;
    }
    return last;
  }

  private void write(Segment segment) {
    segment.memory.position(segment.memory.limit());
    if (!replay.keep(segment)) {
      pool.release(segment);
    }
  }

  private void release(Segment chain) {
    for (Segment s = chain; s != null; ) {
      Segment next = s.next;
      pool.release(s);
      s = next;
    }
  }

  private static List<String> texts(Segment chain, boolean checked) {
    return MessageChain.payloads(chain, checked).stream()
        .map(payload -> StandardCharsets.UTF_8.decode(payload).toString())
        .toList();
  }

  @Test
  void whateverThePeerLacksIsWrittenAgainFromTheStartOfAMessage() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      OutboundQueue fresh = new OutboundQueue(pool);
      ReplayBuffer kept = new ReplayBuffer();
      boolean checked = random.nextBoolean();
      if (checked) {
        fresh.addChecksums();
      }
      List<String> messages = new ArrayList<>();
      for (int i = 0; i < 1 + random.nextInt(60); i++) {
        int size = random.nextInt(4) == 0 ? random.nextInt(200_000) : random.nextInt(300);
        String message = i + "m".repeat(size);
        messages.add(message);
        ByteBuffer payload = ByteBuffer.wrap(message.getBytes(StandardCharsets.UTF_8));
        assertThat(fresh.add(payload, true, 0, random.nextBoolean(), random.nextBoolean()))
            .isTrue();
      }
      Segment flight = null;
      int unwritten = random.nextInt(3);
      List<Segment> taken = new ArrayList<>();
      for (Segment s = fresh.take(); s != null; s = fresh.take()) {
        kept.number(s);
        taken.add(s);
      }
      for (int i = taken.size() - 1; i >= 0; i--) {
        Segment segment = taken.get(i);
        if (i >= taken.size() - unwritten) {
          segment.memory.position(random.nextInt(segment.memory.limit()));
          segment.next = flight;
          flight = segment;
        }
      }
      for (Segment segment : taken.subList(0, Math.max(0, taken.size() - unwritten))) {
        segment.memory.position(segment.memory.limit());
        assertThat(kept.keep(segment)).isTrue();
      }
      assertThat(kept.numbered()).as("seed " + seed).isEqualTo(messages.size());
      int acknowledged = random.nextInt(messages.size() + 1);
      int next = acknowledged + random.nextInt(messages.size() - acknowledged + 1);
      release(kept.acknowledge(acknowledged));

      ReplayBuffer.Rewound rewound = kept.rewind(next, flight);

      assertThat(texts(rewound.again(), checked))
          .as("seed " + seed)
          .isEqualTo(messages.subList(next, messages.size()));
      release(rewound.again());
      release(rewound.spare());
      release(kept.clear());
    }
    assertThat(pool.outBytes()).isZero();
  }

  @Test
  void memoryIsGivenBackAsMessagesAreAcknowledged() {
    for (int i = 0; i < 100; i++) {
      add("z".repeat(4000), false);
    }
    write(writeAllButTheLast());
    long kept = replay.bytes();
    assertThat(kept).isEqualTo(pool.outBytes()).isPositive();

    release(replay.acknowledge(50));
    assertThat(replay.bytes()).isEqualTo(pool.outBytes()).isBetween(1L, kept * 2 / 3);

    release(replay.acknowledge(100));
    assertThat(replay.bytes()).isZero();
    assertThat(pool.outBytes()).isZero();
  }

  @Test
  void framesOfTheProtocolItselfAreNeitherNumberedNorKept() {
    ByteBuffer ping = ControlFrame.token(ControlFrame.PING, 7);
    queue.add(ping, false, OutboundQueue.CONTROL_PRIORITY, false, false);
    Segment segment = queue.take();
    replay.number(segment);

    assertThat(replay.numbered()).isZero();
    assertThat(replay.keep(segment)).isFalse();
    pool.release(segment);
  }
}
