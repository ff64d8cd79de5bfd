package qwormhole.api.internal.observe;

import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import qwormhole.api.telemetry.TelemetryEvent;

/** What peers are and say, in a recording. */
final class PeerFlight {
  private PeerFlight() {}

  @Name("qwormhole.TrustSnapshot")
  @Label("Trust Snapshot")
  @Description("Who the peer of an ended connection was and how far it was trusted")
  static final class TrustSnapshot extends ConnectionFlight.Counted {
    @Label("Reason")
    String reason;

    @Label("Peer")
    String peerId;

    @Label("Tags")
    String tags;

    @Label("Entropy")
    double entropy;

    @Label("Entropy Velocity")
    String entropyVelocity;

    @Label("Coherence")
    String coherence;

    @Label("Negentropic Index")
    double negIndex;

    @Label("Index Proven")
    boolean proven;

    @Label("Policy")
    String policy;

    @Label("Trust")
    double trust;

    TrustSnapshot(TelemetryEvent.TrustSnapshot event) {
      super(event.source(), event.connectionId(), event.statistics());
      reason = event.reason();
      peerId = event.peerId();
      tags = event.tags().toString();
      entropy = event.entropy().entropy();
      entropyVelocity = event.entropy().velocity().text();
      coherence = event.entropy().coherence();
      negIndex = event.trust().index();
      proven = event.trust().proven();
      policy = event.trust().policy().mode();
      trust = event.trust().policy().trust();
    }
  }

  @Name("qwormhole.NegentropySample")
  @Label("Negentropy Sample")
  @Description("How ordered a peer's recent traffic is, each value 0 to 1")
  static final class NegentropySample extends FlightEvent.OfConnection {
    @Label("Shannon")
    double shannon;

    @Label("Kolmogorov")
    double kolmogorov;

    @Label("Spectral")
    double spectral;

    @Label("Jitter")
    double jitter;

    @Label("Sampled")
    @DataAmount
    int sampledBytes;

    NegentropySample(TelemetryEvent.NegentropySample event) {
      super(event.source(), event.connectionId());
      shannon = event.vector().shannon();
      kolmogorov = event.vector().kolmogorov();
      spectral = event.vector().spectral();
      jitter = event.vector().jitter();
      sampledBytes = event.sampledBytes();
    }
  }

  @Name("qwormhole.Intent")
  @Label("Intent")
  @Description("An SCP message of type intent")
  static final class Intent extends FlightEvent.OfConnection {
    @Label("Identity")
    String sid;

    @Label("Intent")
    String intent;

    @Label("Payload")
    String payload;

    @Label("Sent Time")
    @Description("The member ts as the peer sent it")
    String ts;

    @Label("Signature")
    @Description("What came of checking it: verified, unchecked or absent")
    String signature;

    Intent(TelemetryEvent.Intent event) {
      super(event.source(), event.connectionId());
      sid = event.sid();
      intent = event.intent();
      payload = event.payload();
      ts = event.ts();
      signature = event.signature().text();
    }
  }

  @Name("qwormhole.Revelation")
  @Label("Revelation")
  @Description("An SCP message of type revelation")
  static final class Revelation extends FlightEvent.OfConnection {
    @Label("Identity")
    String sid;

    @Label("Intent")
    String intent;

    @Label("Payload")
    String payload;

    @Label("Sent Time")
    @Description("The member ts as the peer sent it")
    String ts;

    @Label("Signature")
    @Description("What came of checking it: verified, unchecked or absent")
    String signature;

    Revelation(TelemetryEvent.Revelation event) {
      super(event.source(), event.connectionId());
      sid = event.sid();
      intent = event.intent();
      payload = event.payload();
      ts = event.ts();
      signature = event.signature().text();
    }
  }

  @Name("qwormhole.State")
  @Label("State")
  @Description("An SCP message of type state")
  static final class State extends FlightEvent.OfConnection {
    @Label("Identity")
    String sid;

    @Label("State Hash")
    String stateHash;

    @Label("Summary")
    String summary;

    @Label("Changes")
    int changes;

    @Label("Winner")
    String winner;

    @Label("Strategy")
    String strategy;

    @Label("Sent Time")
    @Description("The member ts as the peer sent it")
    String ts;

    @Label("Signature")
    @Description("What came of checking it: verified, unchecked or absent")
    String signature;

    State(TelemetryEvent.State event) {
      super(event.source(), event.connectionId());
      sid = event.sid();
      stateHash = event.stateHash();
      summary = event.summary();
      changes = event.changes();
      winner = event.winner();
      strategy = event.strategy();
      ts = event.ts();
      signature = event.signature().text();
    }
  }

  @Name("qwormhole.Shard")
  @Label("Shard")
  @Description("An SCP message of type shard")
  static final class Shard extends FlightEvent.OfConnection {
    @Label("Id")
    String id;

    @Label("Root")
    String root;

    @Label("Capabilities")
    String capabilities;

    @Label("Routing Hints")
    String routingHints;

    @Label("State Hash")
    String stateHash;

    @Label("Signature")
    @Description("What came of checking it: verified, unchecked or absent")
    String signature;

    Shard(TelemetryEvent.Shard event) {
      super(event.source(), event.connectionId());
      id = event.id();
      root = event.root();
      capabilities = event.capabilities();
      routingHints = event.routingHints().toString();
      stateHash = event.stateHash();
      signature = event.signature().text();
    }
  }
}
