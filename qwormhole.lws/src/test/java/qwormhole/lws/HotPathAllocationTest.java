package qwormhole.lws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import qwormhole.api.spi.Link;
import qwormhole.api.spi.Listener;
import qwormhole.api.spi.SocketOptions;
import qwormhole.api.spi.Transport;
import qwormhole.api.spi.TransportContext;

/** Reads, writes, wake-ups and changes of interest allocate nothing. */
class HotPathAllocationTest {

  @Test
  void aRoundTripAllocatesNothing() throws Exception {
    LwsPresence.assume();
    try (ChildJvm child = new ChildJvm("", Rounds.class)) {
      String[] answer = child.line().split(" ", 2);
      double bytes = Double.parseDouble(answer[0]);
      System.out.println("heap allocated by the lws provider: " + bytes + " " + answer[1]);
      assertThat(bytes).isLessThan(1);
    }
  }

  /**
   * A round trip between two transports, with all that a busy link does: gathering writes, a task
   * from another loop, wishes for onWritable, a pause and a resume.
   */
  static final class Rounds {

    private static final int ROUNDS = 100_000;
    private static final List<Thread> THREADS = new CopyOnWriteArrayList<>();

    private Rounds() {}

    public static void main(String[] arguments) throws Exception {
      Transport servers = open();
      Transport clients = open();
      Listener listener =
          servers.listen(Probe.ANY_PORT, SocketOptions.DEFAULTS, remote -> new Side());
      Side client = new Side();
      clients.connect(listener.address(), SocketOptions.DEFAULTS, client);
      client.link();
      client.play(ROUNDS);
      client.play(ROUNDS);
      long before = allocated();
      client.play(ROUNDS);
      System.out.println((double) (allocated() - before) / ROUNDS + " bytes a round trip");
      clients.close();
      servers.close();
    }

    private static Transport open() throws Exception {
      return new LwsTransportProvider()
          .open(
              new TransportContext(
                  1,
                  4096,
                  work -> {
                    Thread thread = new Thread(work);
                    THREADS.add(thread);
                    return thread;
                  },
                  Throwable::printStackTrace));
    }

    /** Of the loop threads. By reflection: the provider's module does not read the JDK's. */
    private static long allocated() throws Exception {
      Object bean =
          Class.forName("java.lang.management.ManagementFactory")
              .getMethod("getThreadMXBean")
              .invoke(null);
      Method bytes =
          Class.forName("com.sun.management.ThreadMXBean")
              .getMethod("getThreadAllocatedBytes", long.class);
      long sum = 0;
      for (Thread thread : THREADS) {
        sum += (long) bytes.invoke(bean, thread.getId());
      }
      return sum;
    }

    private static final class Side extends Probe implements Runnable {
      private final ByteBuffer[] frame = {
        ByteBuffer.allocateDirect(4), ByteBuffer.allocateDirect(60)
      };
      private Link link;
      private int left;
      private int got;
      private CountDownLatch done;

      void play(int rounds) throws InterruptedException {
        CountDownLatch finished = new CountDownLatch(1);
        link.execute(
            () -> {
              done = finished;
              left = rounds;
              run();
            });
        finished.await();
      }

      @Override
      public void onOpen(Link opened) {
        link = opened;
        super.onOpen(opened);
      }

      @Override
      public void onBytes(ByteBuffer bytes) {
        got += bytes.remaining();
        if (got < 64) {
          return;
        }
        got = 0;
        link.pauseReads();
        link.wantWritable();
      }

      @Override
      public void onWritable() {
        link.resumeReads();
        link.execute(this);
      }

      @Override
      public void run() {
        if (done != null && left-- == 0) {
          done.countDown();
          return;
        }
        frame[0].clear();
        frame[1].clear();
        try {
          link.write(frame, 0, 2);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }
}
