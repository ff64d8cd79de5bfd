package qwormhole.api.tck.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import qwormhole.api.CloseReason;
import qwormhole.api.Connection;
import qwormhole.api.ProviderReport;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.error.QWormholeException;

/**
 * What a listener was told, and the rules that hold for every listener: a connection is announced
 * first, its events come one at a time, nothing follows its end, and nothing at all the endpoint's.
 */
abstract class Trace<M> {

  /** A connection's end. */
  record Ended<M>(Connection<M> connection, CloseReason reason) {}

  final Inbox<M> messages = new Inbox<>("message");
  final Inbox<Ended<M>> closed = new Inbox<>("onClosed");
  final Inbox<QWormholeException> errors = new Inbox<>("onError");
  final Inbox<Connection<M>> backpressured = new Inbox<>("onBackpressure");
  final Inbox<Connection<M>> drained = new Inbox<>("onDrain");
  final Inbox<ProviderReport> failovers = new Inbox<>("onFailover");

  final Inbox<Ended<M>> suspended = new Inbox<>("onSuspended");
  final Inbox<Connection<M>> resumed = new Inbox<>("onResumed");

  /** Names of the events in order, such as {@code closed}. */
  final Inbox<String> log = new Inbox<>("event");

  private final Map<Connection<M>, Course> courses = new ConcurrentHashMap<>();
  private final Queue<String> broken = new ConcurrentLinkedQueue<>();
  private volatile boolean over;

  private static final class Course {
    private volatile Thread inside;
    private volatile boolean ended;
  }

  /** An event of the endpoint itself. */
  final void event(String name, Runnable hook) {
    checkNotOver(name);
    log.add(name);
    hook.run();
  }

  /** A connection's first event. */
  final void first(Connection<M> connection, String name, Runnable hook) {
    if (courses.putIfAbsent(connection, new Course()) != null) {
      broken.add(name + " twice");
    }
    within(connection, name, hook);
  }

  /** A later event of a connection. */
  final void within(Connection<M> connection, String name, Runnable hook) {
    checkNotOver(name);
    log.add(name);
    Course course = courses.get(connection);
    if (course == null) {
      broken.add(name + " before the connection was announced");
      hook.run();
      return;
    }
    if (course.ended) {
      broken.add(name + " after onClosed");
    }
    Thread other = course.inside;
    if (other != null && other != Thread.currentThread()) {
      broken.add(name + " on " + Thread.currentThread() + " while another runs on " + other);
    }
    course.inside = Thread.currentThread();
    try {
      hook.run();
    } finally {
      course.inside = other;
    }
  }

  final void last(Connection<M> connection, CloseReason reason, Runnable hook) {
    try {
      within(connection, "closed", hook);
    } finally {
      Course course = courses.get(connection);
      if (course != null) {
        course.ended = true;
      }
      closed.add(new Ended<>(connection, reason));
    }
  }

  final void error(Connection<M> connection, QWormholeException error, Runnable hook) {
    if (connection == null || error.code() == ErrorCode.E_HANDLER_FAILED) {
      event("error", () -> {}); // a handler of the end may fail as well
    } else {
      within(connection, "error", () -> {});
    }
    errors.add(error);
    hook.run();
  }

  final void over(String name) {
    event(name, () -> {});
    over = true;
  }

  final boolean isOver() {
    return over;
  }

  private void checkNotOver(String name) {
    if (over) {
      broken.add(name + " after the endpoint's end");
    }
  }

  /** To be called when the endpoint has closed. */
  final void assertRulesKept() {
    assertThat(broken).as("rules that every listener is promised").isEmpty();
    assertThat(over).as("the endpoint's end was told").isTrue();
    assertThat(courses.values()).as("every connection's end was told").allMatch(c -> c.ended);
  }
}
