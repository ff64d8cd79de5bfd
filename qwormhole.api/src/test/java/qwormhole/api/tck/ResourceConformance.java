package qwormhole.api.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import qwormhole.api.spi.Listener;
import qwormhole.api.spi.SocketOptions;
import qwormhole.api.spi.Transport;

/** Descriptors, threads and processor time are given back. */
interface ResourceConformance extends Conformance {

  /** A tenth: far from busy, and far from what a slow machine needs for nothing. */
  Duration IDLE = Duration.ofMillis(100);

  @Test
  default void linksLeaveNoDescriptorBehind() throws IOException {
    try (Listener listener = bed().listen(Echo::new)) {
      oneOfEachEnd(listener);
      int before = descriptors();
      for (int i = 0; i < 100; i++) {
        oneOfEachEnd(listener);
      }
      awaitDescriptors(before);
    }
  }

  private void oneOfEachEnd(Listener listener) throws IOException {
    try (RawPeer orderly = bed().dial(listener.address())) {
      orderly.send((byte) 1);
      orderly.receive(1);
    }
    RawPeer resetting = bed().dial(listener.address());
    resetting.send((byte) 1);
    resetting.reset();
    Recorder closing = bed().connect(listener.address(), new Recorder());
    closing.link().close();
    closing.end();
    Recorder aborting = bed().connect(listener.address(), new Recorder());
    aborting.link().abort();
    aborting.end();
  }

  @Test
  default void failedConnectsLeaveNoDescriptorBehind() throws IOException {
    Listener listener = bed().listen(Recorder::new);
    listener.close();
    bed().connect(listener.address(), new Recorder()).end();
    int before = descriptors();
    for (int i = 0; i < 200; i++) {
      bed().connect(listener.address(), new Recorder()).end();
    }
    awaitDescriptors(before);
  }

  @Test
  default void cancelledConnectsLeaveNoDescriptorBehind() throws IOException {
    InetSocketAddress busy = (InetSocketAddress) bed().busyServer().getLocalSocketAddress();
    Transport transport = bed().transport();
    int before = descriptors();
    for (int i = 0; i < 50; i++) {
      Recorder recorder = bed().watched(new Recorder());
      transport.connect(busy, SocketOptions.DEFAULTS, recorder).cancel();
      recorder.end();
    }
    awaitDescriptors(before);
  }

  @Test
  default void transportsLeaveNothingBehind() throws IOException {
    bed().open(1).close();
    int before = descriptors();
    for (int i = 0; i < 30; i++) {
      Transport transport = bed().open(2);
      transport.listen(Bed.loopback(0), SocketOptions.DEFAULTS, remote -> new Recorder());
      transport.close();
    }
    assertThat(bed().threads.alive()).isEmpty();
    awaitDescriptors(before);
  }

  @Test
  default void idleLinksCostNoProcessorTime() throws Exception {
    try (Listener listener = bed().listen(Echo::new)) {
      for (int i = 0; i < 100; i++) {
        RawPeer peer = bed().dial(listener.address());
        peer.send((byte) i);
        peer.receive(1);
      }
      // The process compiles and collects as well, though not in every second.
      Duration least = cpuTimeOfASecond();
      for (int i = 0; i < 4 && least.compareTo(IDLE) > 0; i++) {
        least = cpuTimeOfASecond();
      }
      assertThat(least).as("processor time in a second").isLessThanOrEqualTo(IDLE);
    }
  }

  /** Here time has to pass: what is measured is that nothing happens meanwhile. */
  private static Duration cpuTimeOfASecond() throws Exception {
    Duration before = cpuTime();
    try {
      new CompletableFuture<Void>().get(1, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      // The second has passed.
    }
    return cpuTime().minus(before);
  }

  private static Duration cpuTime() {
    return ProcessHandle.current()
        .info()
        .totalCpuDuration()
        .orElseGet(() -> abort("this machine does not tell a process's processor time"));
  }

  private static void awaitDescriptors(int before) {
    Patience.await("descriptors to be released")
        .untilAsserted(() -> assertThat(descriptors()).isLessThanOrEqualTo(before));
  }

  /** Sockets and event descriptors of this process. */
  private static int descriptors() throws IOException {
    Path all = Path.of("/proc/self/fd");
    if (!Files.isDirectory(all)) {
      return abort("this machine has no /proc/self/fd");
    }
    int count = 0;
    try (DirectoryStream<Path> each = Files.newDirectoryStream(all)) {
      for (Path path : each) {
        count += isCounted(path) ? 1 : 0;
      }
    }
    return count;
  }

  private static boolean isCounted(Path descriptor) {
    try {
      String target = Files.readSymbolicLink(descriptor).toString();
      return target.startsWith("socket:") || target.startsWith("anon_inode:");
    } catch (IOException e) {
      return false; // closed since it was listed
    }
  }
}
