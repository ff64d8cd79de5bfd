package qwormhole.api.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import qwormhole.api.spi.Link;
import qwormhole.api.spi.LinkHandler;
import qwormhole.api.spi.Listener;
import qwormhole.api.spi.SocketOptions;
import qwormhole.api.spi.Transport;
import qwormhole.api.spi.TransportContext;
import qwormhole.api.spi.TransportProvider;

/** Reads, writes, wake-ups and changes of interest allocate nothing. */
interface AllocationConformance extends OwnProcess {

  @Test
  default void aRoundTripAllocatesNothing() throws Exception {
    try (ChildJvm child = run("", Rounds.class)) {
      String[] answer = child.line().split(" ", 2);
      double bytes = Double.parseDouble(answer[0]);
      System.out.println("heap allocated by the provider: " + bytes + " " + answer[1]);
      assertThat(bytes).isLessThan(1);
    }
  }

  /**
   * A round trip between two transports, with all that a busy link does: gathering writes, a task
   * from another loop, wishes for onWritable, a pause and a resume.
   */
  final class Rounds {

    private static final int ROUNDS = 50_000;
    private static final List<Thread> THREADS = new CopyOnWriteArrayList<>();

    private Rounds() {}

    public static void main(String[] arguments) throws Exception {
      TransportProvider provider = ProcessConformance.find(arguments[0]);
      Transport servers = open(provider);
      Transport clients = open(provider);
      Listener listener =
          servers.listen(Bed.loopback(0), SocketOptions.DEFAULTS, remote -> new Side());
      Side client = new Side();
      clients.connect(listener.address(), SocketOptions.DEFAULTS, client);
      Patience.await("onOpen", client.opened);
      client.play(ROUNDS);
      client.play(ROUNDS);
      long before = allocated();
      client.play(ROUNDS);
      System.out.println((double) (allocated() - before) / ROUNDS + " bytes a round trip");
      clients.close();
      servers.close();
    }

    private static Transport open(TransportProvider provider) throws IOException {
      return provider.open(
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

    /** Of the loop threads. By reflection: the tests' module does not read the JDK's. */
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

    private static final class Side implements LinkHandler, Runnable {
      private final CompletableFuture<Void> opened = new CompletableFuture<>();
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
      public void onOpen(Link itself) {
        link = itself;
        opened.complete(null);
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
      public void onClosed(Throwable cause) {}

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
