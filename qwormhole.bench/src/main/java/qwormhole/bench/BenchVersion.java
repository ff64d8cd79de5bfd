package qwormhole.bench;

import picocli.CommandLine.IVersionProvider;
import qwormhole.bench.process.Machine;

/** The version as results name it. */
final class BenchVersion implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"qwormhole-bench " + Machine.benchVersion()};
  }
}
