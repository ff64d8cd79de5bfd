package qwormhole.api.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import qwormhole.api.ClientOptions;
import qwormhole.api.CloseReason;
import qwormhole.api.internal.frame.SegmentPool;

/** A message on its way to the application costs no garbage, watched or not. */
class ReceivingAllocationTest {
  private static final int FRAMES = 64;
  private static final int READS = 2000;

  @Test
  void aMessageAllocatesAsMuchWithAListenerAndASamplerAsWithoutAny() throws Exception {
    double plain = bytesAMessage(SessionBed.options().build());
    double listened = bytesAMessage(SessionBed.options().telemetry(event -> {}).build());
    double sampled =
        bytesAMessage(SessionBed.options().negentropyInterval(Duration.ofDays(1)).build());
    System.out.println(
        "heap a message: " + plain + ", with a listener " + listened + ", sampled " + sampled);
    assertThat(listened - plain).isLessThan(1);
    assertThat(sampled - plain).isLessThan(1);
  }

  private static double bytesAMessage(ClientOptions<ByteBuffer> options) throws Exception {
    SessionContext context =
        new SessionContext(
            options,
            SessionLimits.of(options),
            new ManualTimers(),
            new SegmentPool(1 << 20),
            new StreamGuard(Thread::new));
    Counting role = new Counting();
    LinkSession session = new LinkSession(context, role, 1, 1 << 20);
    session.onOpen(new FakeLink());
    session.open(false);
    ByteBuffer read = ByteBuffer.allocateDirect(FRAMES * (4 + 60));
    for (int i = 0; i < FRAMES; i++) {
      read.putInt(60).position(read.position() + 60);
    }
    read.flip();
    receive(session, read);
    long before = allocated();
    receive(session, read);
    long bytes = allocated() - before;
    assertThat(role.messages).isEqualTo(2L * READS * FRAMES);
    return (double) bytes / (READS * FRAMES);
  }

  private static void receive(LinkSession session, ByteBuffer read) {
    for (int i = 0; i < READS; i++) {
      session.onBytes(read.rewind());
    }
  }

  /** Of this thread. By reflection: this module does not read the JDK's own. */
  private static long allocated() throws Exception {
    Method bytes =
        Class.forName("com.sun.management.ThreadMXBean")
            .getMethod("getThreadAllocatedBytes", long.class);
    return (long) bytes.invoke(ManagementFactory.getThreadMXBean(), Thread.currentThread().getId());
  }

  private static final class Counting implements SessionRole {
    private long messages;

    @Override
    public void onMessage(ByteBuffer payload) {
      messages++;
    }

    @Override
    public void onLinkOpen() {}

    @Override
    public void onFirstFrame(ByteBuffer frame) {}

    @Override
    public void onInvalidMessage(String problem) {}

    @Override
    public void onBackpressure() {}

    @Override
    public void onDrain() {}

    @Override
    public void onLinkClosed(CloseReason reason) {}
  }
}
