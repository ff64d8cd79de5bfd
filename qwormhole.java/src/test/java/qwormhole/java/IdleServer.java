package qwormhole.java;

import java.nio.ByteBuffer;
import java.util.Scanner;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import qwormhole.api.QWormhole;
import qwormhole.api.QWormholeServer;
import qwormhole.api.ServerListener;
import qwormhole.api.ServerOptions;
import qwormhole.api.codec.Codec;

/** A server of default options in a process of its own, which says what it holds when asked. */
final class IdleServer {
  private IdleServer() {}

  public static void main(String[] arguments) throws InterruptedException {
    System.setProperty("tinylog.writer", "console");
    System.setProperty("tinylog.writer.stream", "err"); // what is said on the other is an answer
    System.setProperty("tinylog.level", "warn");
    ServerOptions<ByteBuffer> options =
        ServerOptions.builder(Codec.bytes()).require("java").build();
    try (QWormholeServer<ByteBuffer> server =
            QWormhole.listen(options, ServerListener.of((peer, view) -> peer.trySend(view)));
        Scanner in = new Scanner(System.in, "UTF-8")) {
      System.out.println(server.port());
      while (in.hasNextLine()) {
        in.nextLine();
        System.out.println(server.connectionCount() + " " + usedAfterGc());
      }
    }
  }

  private static long usedAfterGc() throws InterruptedException {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 8; i++) {
      System.gc();
      new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS);
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }
}
