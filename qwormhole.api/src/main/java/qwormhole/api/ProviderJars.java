package qwormhole.api;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import qwormhole.api.internal.select.DropIns;

/**
 * Transports in jars that are not on the module path. Each jar is loaded as a module in a {@link
 * ModuleLayer} of its own, so that it may have packages that another one has, and what is wrong with it
 * (no jar, a missing dependency, a module that the runtime has already) stops nobody: it is passed over
 * with a reason, which every {@link ProviderReport} has too, under the file's name. A jar may use what
 * the runtime contains and the jars beside it.
 *
 * <p>Without code the setting {@code QWORMHOLE_PLUGINS}, or the property {@code qwormhole.plugins},
 * does the same: paths of jars and folders, separated as in a class path. This library has to be a
 * named module for it.
 */
public final class ProviderJars {
  private ProviderJars() {}

  /**
   * Makes the transports of these jars, or of the jars in these folders, known to all selections of
   * this process that follow. What has been added stays, and is not loaded again. May be called from
   * any thread.
   *
   * @return the files that cannot be used, each with the reason
   */
  public static Map<Path, String> add(Path... places) {
    return DropIns.system().add(List.of(places));
  }
}
