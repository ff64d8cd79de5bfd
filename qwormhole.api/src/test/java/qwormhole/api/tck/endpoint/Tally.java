package qwormhole.api.tck.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import qwormhole.api.SendResult;
import qwormhole.api.Sender;

/**
 * What one side of a pair has received, checked as it comes, and what it answers from inside its
 * handlers. An answer that finds no room is sent when there is some, from inside a handler as well.
 */
final class Tally {

  /** The sender of all answers of a side. */
  private static final int ANSWERING = 1_000;

  private final Map<Integer, Integer> nextOfSender = new ConcurrentHashMap<>();
  private final Map<Integer, Integer> unsignedOfSize = new ConcurrentHashMap<>();
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
  private final AtomicLong messages = new AtomicLong();
  private final Deque<byte[]> unsent = new ArrayDeque<>(); // of the handlers' thread
  private int answers; // of the handlers' thread

  /** In a handler: a message has come. */
  void received(Sender<ByteBuffer> peer, ByteBuffer message) {
    int size = message.remaining();
    int at = Sample.mismatch(message);
    if (at >= 0) {
      wrong.add("byte " + at + " of a message of " + size);
    } else if (Sample.isSigned(size)) {
      signed(Sample.sender(message), Sample.number(message));
      if (isAnswered(Sample.sender(message), Sample.number(message), size)) {
        unsent.add(Sample.of(ANSWERING, answers++, size));
        answer(peer);
      }
    } else {
      unsignedOfSize.merge(size, 1, Integer::sum);
    }
    messages.incrementAndGet();
  }

  private void signed(int sender, int number) {
    int expected = nextOfSender.getOrDefault(sender, 0);
    if (number != expected) {
      wrong.add("message " + number + " of sender " + sender + " instead of " + expected);
    }
    nextOfSender.put(sender, number + 1);
  }

  /** In a handler: there is room again. */
  void answer(Sender<ByteBuffer> peer) {
    while (!unsent.isEmpty()) {
      SendResult result = peer.trySend(ByteBuffer.wrap(unsent.peek()));
      if (result != SendResult.SENT) {
        if (result != SendResult.BACK_PRESSURED) {
          wrong.add("an answer was refused: " + result);
        }
        return;
      }
      unsent.remove();
    }
  }

  /** Answers are not answered: that would never end. Nor is what is large: it is enough once. */
  private static boolean isAnswered(int sender, int number, int size) {
    return sender < ANSWERING && number % 3 == 0 && size <= 1 << 18;
  }

  /**
   * Waits for all of both sides.
   *
   * @param sizes by sender, what each side sent
   */
  void assertComplete(List<int[]> sizes) {
    Tally expected = new Tally();
    long answered = 0;
    for (int sender = 0; sender < sizes.size(); sender++) {
      int number = 0;
      for (int size : sizes.get(sender)) {
        if (!Sample.isSigned(size)) {
          expected.unsignedOfSize.merge(size, 1, Integer::sum);
        } else {
          answered += isAnswered(sender, number, size) ? 1 : 0;
          expected.nextOfSender.put(sender, ++number);
        }
      }
    }
    expected.nextOfSender.put(ANSWERING, (int) answered);
    long all = answered + sizes.stream().mapToLong(each -> each.length).sum();
    Deadline.until("all messages", () -> messages.get() >= all || !wrong.isEmpty());
    assertThat(wrong).as("what is wrong, with seed %d", Bytes.SEED).isEmpty();
    assertThat(nextOfSender).isEqualTo(expected.nextOfSender);
    assertThat(unsignedOfSize).isEqualTo(expected.unsignedOfSize);
    assertThat(messages).hasValue(all);
  }
}
