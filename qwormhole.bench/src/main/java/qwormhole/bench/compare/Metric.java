package qwormhole.bench.compare;

import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import qwormhole.bench.report.Format;
import qwormhole.bench.saved.SavedRow;

/** What is compared, with a number for each repeat of a row; none where it is not known. */
@SuppressWarnings("ImmutableEnumChecker") // The functions have no state; their types cannot say so.
public enum Metric {
  /** Messages or connections in a second. */
  RATE("per second", true, 0, Format::count, row -> row.perRepeat("/perSecond")),
  /** The median latency; of sampled messages for a one-way workload. */
  P50("us p50", false, 0, Metric::micros, row -> percentile(row, 50)),
  /** The latency that a hundredth of the messages exceeds. */
  P99("us p99", false, 0, Metric::micros, row -> percentile(row, 99)),
  /** Processor time of both processes for a message. */
  CPU("CPU ns/msg", false, 0, Format::three, Metric::cpu),
  /** Heap that both processes allocate for a message. */
  ALLOCATED(
      "allocated B/msg",
      false,
      8,
      Format::three,
      row -> perMessage(row, "/server/allocatedBytes", "/client/allocatedBytes")),
  /** Heap that both processes hold for an idle connection. */
  HEAP(
      "heap B/connection",
      false,
      100,
      Format::count,
      row -> {
        double[] both = sum(row, "/server/heapBytes", "/client/heapBytes");
        return DoubleStream.of(both).map(bytes -> bytes / row.setup().clients()).toArray();
      });

  private final String title;
  private final boolean higherIsBetter;
  private final double floor;
  private final DoubleFunction<String> form;
  private final Function<SavedRow, double[]> values;

  /**
   * A metric.
   *
   * @param floor is added to both sides of a ratio, so that next to nothing against next to nothing
   *     is no change
   */
  Metric(
      String title,
      boolean higherIsBetter,
      double floor,
      DoubleFunction<String> form,
      Function<SavedRow, double[]> values) {
    this.title = title;
    this.higherIsBetter = higherIsBetter;
    this.floor = floor;
    this.form = form;
    this.values = values;
  }

  /** One for each repeat; empty when it is not known. */
  double[] values(SavedRow row) {
    return values.apply(row);
  }

  /** The values as a ratio takes them. */
  double[] comparable(SavedRow row) {
    return DoubleStream.of(values(row)).map(value -> value + floor).toArray();
  }

  boolean higherIsBetter() {
    return higherIsBetter;
  }

  String format(double value) {
    return form.apply(value);
  }

  /** Its name and unit, as tables have it. */
  String title() {
    return title;
  }

  /** The name as users write it. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static String micros(double nanos) {
    return Format.three(nanos / 1e3);
  }

  private static double[] percentile(SavedRow row, double percentile) {
    return row.latencies().stream()
        .mapToDouble(histogram -> histogram.getValueAtPercentile(percentile))
        .toArray();
  }

  /** A row says null where its repeats were too short for the clock that counts processor time. */
  private static double[] cpu(SavedRow row) {
    return Double.isNaN(row.number("/cpuNanosPerMessage/server"))
            || Double.isNaN(row.number("/cpuNanosPerMessage/client"))
        ? new double[0]
        : perMessage(row, "/server/cpuNanos", "/client/cpuNanos");
  }

  private static double[] perMessage(SavedRow row, String server, String client) {
    double[] messages = row.perRepeat("/sent");
    double[] both = sum(row, server, client);
    return messages.length == both.length
        ? IntStream.range(0, both.length).mapToDouble(i -> both[i] / messages[i]).toArray()
        : new double[0];
  }

  private static double[] sum(SavedRow row, String server, String client) {
    double[] first = row.perRepeat(server);
    double[] second = row.perRepeat(client);
    return first.length == second.length
        ? IntStream.range(0, first.length).mapToDouble(i -> first[i] + second[i]).toArray()
        : new double[0];
  }
}
