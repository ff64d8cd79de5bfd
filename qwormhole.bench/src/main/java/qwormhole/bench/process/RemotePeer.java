package qwormhole.bench.process;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import qwormhole.bench.load.Limits;

/** A server side on another machine, commanded through a serving bench there. */
final class RemotePeer implements Peer {
  private static final Duration CONNECT = Duration.ofSeconds(10);

  private final String where;
  private final LineSocket line;
  private final Greeting greeting;

  /**
   * Connects and greets.
   *
   * @throws VersionException when the bench there is of another version
   */
  RemotePeer(String host, int port) throws IOException {
    where = host + ":" + port;
    line = new LineSocket(connected(host, port));
    try {
      line.write(Greeting.hello());
      greeting = Greeting.read(where, line.read(Limits.OPEN));
    } catch (SocketTimeoutException e) {
      line.close();
      throw new IOException(where + " did not answer: is it qwormhole-bench serve?", e);
    } catch (IOException e) {
      line.close();
      throw e;
    }
  }

  private Socket connected(String host, int port) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(host, port), (int) CONNECT.toMillis());
      return socket;
    } catch (UnknownHostException e) {
      socket.close();
      throw new IOException("there is no host " + host, e);
    } catch (IOException e) {
      socket.close();
      throw new IOException("cannot connect to %s: %s".formatted(where, e.getMessage()), e);
    }
  }

  Greeting greeting() {
    return greeting;
  }

  @Override
  public ObjectNode ask(ObjectNode command, String expected, Duration deadline) throws IOException {
    ObjectNode event;
    try {
      line.write(command);
      event = line.read(deadline.plus(Limits.CLOSE));
    } catch (IOException e) {
      throw new ChildFailure("the server at %s: %s".formatted(where, e.getMessage()));
    }
    if (event == null) {
      throw death();
    }
    return Answers.expect("server at " + where, event, expected);
  }

  /** That cannot be told apart from a server that is slow; the failure itself says what happened. */
  @Override
  public boolean died() {
    return false;
  }

  @Override
  public ChildFailure death() {
    return new ChildFailure("the server at " + where + " closed the connection");
  }

  /** Says so and waits for the other side to be done, so that it can serve the next one. */
  @Override
  public void close() {
    try (line) {
      line.write(Lines.of("close"));
      while (line.read(Limits.CLOSE.plus(Limits.CLOSE)) != null) {
        // What is left of answers that nobody waits for.
      }
    } catch (IOException e) {
      // It is gone already, which is what was asked for.
    }
  }
}
