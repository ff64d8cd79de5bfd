package qwormhole.api.internal.select;

import java.util.ArrayList;
import java.util.List;
import qwormhole.api.internal.select.ProviderSource.Description;
import qwormhole.api.spi.Availability;
import qwormhole.api.spi.Transport;
import qwormhole.api.spi.TransportContext;
import qwormhole.api.spi.TransportProvider;

/** A provider that works until a test bends one of its answers. */
class FakeProvider implements TransportProvider {
  final FakeTransport transport = new FakeTransport();
  final List<String> asked = new ArrayList<>();

  final Description description;
  Guarded.Call<Integer> spiVersion = () -> SPI_VERSION;
  Guarded.Call<Availability> availability = () -> new Availability.Available("fake 1.0");
  Opener opener = context -> transport;

  @FunctionalInterface
  interface Opener {
    Transport open(TransportContext context) throws Exception;
  }

  private FakeProvider(String id, int priority, boolean isNative) {
    this.description = new Description(id, priority, isNative);
  }

  static FakeProvider java() {
    return new FakeProvider("java", 0, false);
  }

  static FakeProvider ofNative(String id, int priority) {
    return new FakeProvider(id, priority, true);
  }

  static FakeProvider withoutNativeCode(String id, int priority) {
    return new FakeProvider(id, priority, false);
  }

  FakeProvider unavailable(String reason) {
    availability = () -> new Availability.Unavailable(reason);
    return this;
  }

  @Override
  public int spiVersion() {
    return answer("spiVersion", spiVersion);
  }

  @Override
  public Availability availability() {
    return answer("availability", availability);
  }

  @Override
  public Transport open(TransportContext context) {
    return answer("open", () -> opener.open(context));
  }

  private <T> T answer(String question, Guarded.Call<T> answer) {
    asked.add(question);
    try {
      return answer.call();
    } catch (Exception e) {
      throw Raise.anything(e);
    }
  }
}
