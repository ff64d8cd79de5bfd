package qwormhole.api.internal.session.simulation;

import java.time.Duration;
import java.util.List;
import qwormhole.api.internal.frame.SegmentPool;
import qwormhole.api.internal.session.simulation.Network.Weather;

/**
 * What a seed lets happen to a pair: anything, and then nothing any more, so that all has to arrive and
 * to be acknowledged, a few times in turn; and at last the end, of which nothing may remain.
 */
final class Schedule {
  private final Pair pair;
  private final World world;
  private int left;
  private boolean closing;

  Schedule(long seed, SegmentPool pool) {
    world = new World(seed);
    pair = new Pair(world, pool, Duration.ofMillis(world.pick(50, 500, 5_000)));
    pair.network.overtaking = true;
  }

  /** Runs it to its end; returns what an equal run returns as well. */
  long run() {
    try {
      var unused = pair.client.connect();
      for (int rounds = 1 + world.random.nextInt(3); rounds > 0 && !closing; rounds--) {
        left = 2 + world.random.nextInt(40);
        act();
        pair.await("the last action", () -> left == 0 && !pair.isRestarting());
        calmDown();
        pair.await("quiet", () -> closing || pair.isQuiet());
      }
      end();
      pair.awaitEnd();
      pair.application.checkReasons();
      return world.fingerprint();
    } catch (RuntimeException | Error e) {
      throw new AssertionError(e.getMessage() + "\n  " + pair, e);
    }
  }

  private void act() {
    if (left > 0) {
      actOnce();
      left--;
      world.after(pause(), this::act);
    }
  }

  private long pause() {
    int chance = world.random.nextInt(100);
    if (chance < 50) {
      return world.random.nextInt(100_000);
    }
    long most = chance < 90 ? 20_000_000 : 2 * pair.sessionTimeout.toNanos();
    return (long) (world.random.nextDouble() * most);
  }

  private void actOnce() {
    List<Party> alive = pair.application.alive();
    Party one = alive.isEmpty() ? null : alive.get(world.random.nextInt(alive.size()));
    int chance = world.random.nextInt(100);
    if (chance < 25) {
      pair.network.cutOne();
    } else if (chance < 32) {
      pair.network.weather = world.chance(40) ? Weather.FAIR : badWeather();
    } else if (chance < 34) {
      pair.network.repeatLastGreeting();
    } else if (chance < 36) {
      pair.restart(world.chance(50), grace());
    } else if (chance < 38) {
      pair.network.killOne();
    } else if (pair.isRestarting()) {
      return;
    } else if (chance < 39) {
      closing = true;
      pair.client.close(grace());
    } else if (chance < 40) {
      closing = true;
      pair.server.close(grace());
    } else if (one == null) {
      return;
    } else if (chance < 42) {
      one.connection.close();
    } else if (chance < 49) {
      one.pauseOrResume();
    } else {
      pair.application.send(one);
    }
  }

  private Weather badWeather() {
    return world.chance(50) ? Weather.CONNECTS_FAIL : Weather.CONNECTS_HANG;
  }

  private Duration grace() {
    return Duration.ofMillis(world.pick(0, 10, 1000));
  }

  private void calmDown() {
    pair.network.weather = Weather.FAIR;
    for (Party party : pair.application.alive()) {
      if (party.pausesReads) {
        party.pauseOrResume();
      }
    }
  }

  private void end() {
    int first = world.pick(0, 1, 2);
    if (first != 0) {
      pair.server.close(grace());
    }
    if (first != 1) {
      pair.client.close(grace());
    }
    world.after(
        world.random.nextInt(20_000_000),
        () -> {
          pair.client.close(grace());
          pair.server.close(grace());
        });
  }
}
