package qwormhole.api.internal.select;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.TreeSet;
import java.util.regex.Pattern;
import qwormhole.api.ProviderReport.Candidate;
import qwormhole.api.ProviderReport.Outcome;
import qwormhole.api.internal.select.ProviderSource.Discovery;
import qwormhole.api.internal.select.ProviderSource.Handle;
import qwormhole.api.internal.select.Roster.Member;
import qwormhole.api.internal.text.SafeText;
import qwormhole.api.spi.TransportProvider;

/**
 * Constructs providers and asks each who it is.
 *
 * <p>Of two providers with one id the first is used: the Java provider before all, then classes of
 * packages {@code qwormhole.*}, then by class name. So a drop-in cannot take the place of a
 * provider that comes with the library, and the order does not depend on paths.
 */
final class RosterBuilder {
  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,31}");
  private static final Comparator<Handle> PRECEDENCE =
      Comparator.<Handle, Boolean>comparing(handle -> !handle.isJava())
          .thenComparing(handle -> !handle.className().startsWith("qwormhole."))
          .thenComparing(Handle::className);
  private static final Comparator<Member> ORDER =
      Comparator.<Member, Boolean>comparing(member -> !member.isNative())
          .thenComparing(Member::priority, Comparator.reverseOrder())
          .thenComparing(Member::id);

  private final Map<String, Member> members = new LinkedHashMap<>();
  private final List<Candidate> broken = new ArrayList<>();
  private final List<Candidate> keptOut = new ArrayList<>();
  private final TreeSet<String> knownIds = new TreeSet<>();
  private boolean hasNameless;
  private boolean foundJava;

  private RosterBuilder() {}

  /** Constructs what was found; with the off switch only the Java provider. */
  static Roster build(Discovery found, boolean off) {
    RosterBuilder builder = new RosterBuilder();
    found.handles().stream().sorted(PRECEDENCE).forEach(handle -> builder.meet(handle, off));
    found.broken().forEach(builder::meetBroken);
    return builder.roster();
  }

  private Roster roster() {
    return new Roster(
        members.values().stream().sorted(ORDER).toList(),
        List.copyOf(broken),
        List.copyOf(keptOut),
        Collections.unmodifiableSet(knownIds),
        hasNameless,
        foundJava || members.containsKey(Roster.JAVA_ID));
  }

  private void meet(Handle handle, boolean off) {
    foundJava |= handle.isJava();
    Interview interview = new Interview(handle);
    if (off && !handle.isJava()) {
      keptOut.add(interview.candidate(Outcome.NOT_TRIED, "native providers are off", null));
      return;
    }
    Guarded<Member> member = Guarded.call(interview::hold);
    if (member.failed()) {
      String detail = member.reason(interview.question);
      broken.add(interview.candidate(Outcome.FAILED, detail, member.cause()));
      hasNameless |= !knownIds.contains(interview.id);
    } else {
      members.put(interview.id, member.value());
    }
  }

  private void meetBroken(Throwable error) {
    broken.add(new Candidate("unknown", 0, true, Outcome.FAILED, describe(error), error));
    hasNameless = true;
  }

  /** What ServiceLoader said, without the name of the service, and why it said it. */
  private static String describe(Throwable error) {
    if (!(error instanceof ServiceConfigurationError) || error.getMessage() == null) {
      return Guarded.text(error);
    }
    String said = error.getMessage().replace(TransportProvider.class.getName() + ": ", "");
    Throwable cause = error.getCause();
    return SafeText.of(cause == null ? said : said + ": " + Guarded.text(cause));
  }

  /** Asks one provider who it is, and keeps what it said until it could not be asked further. */
  private final class Interview {
    private final Handle handle;
    private String question = "constructor";
    private String id;
    private int priority;
    private boolean isNative;

    Interview(Handle handle) {
      this.handle = handle;
      this.id = handle.className();
      this.isNative = !handle.isJava();
    }

    Member hold() throws Unfit {
      TransportProvider provider = handle.constructor().get();
      question = "id()";
      String said = provider.id();
      if (said == null || !ID.matcher(said).matches()) {
        throw new Unfit("its id '" + SafeText.of(said, 64) + "' is not of the form " + ID);
      }
      id = said;
      knownIds.add(id);
      question = "spiVersion()";
      checkVersion(provider.spiVersion());
      question = "priority() or isNative()";
      priority = provider.priority();
      isNative = provider.isNative();
      checkId();
      return new Member(provider, handle.className(), id, priority, isNative);
    }

    /**
     * The version must be ours. When a later SPI still serves providers of earlier ones, this
     * becomes {@code OLDEST_SERVED <= version && version <= SPI_VERSION}.
     */
    private void checkVersion(int version) throws Unfit {
      if (version != TransportProvider.SPI_VERSION) {
        throw new Unfit(
            "made for SPI version " + version + ", this is " + TransportProvider.SPI_VERSION);
      }
    }

    private void checkId() throws Unfit {
      if (members.containsKey(id)) {
        throw new Unfit("duplicate id: " + members.get(id).className() + " is used");
      }
      if (isNative && id.equals(Roster.JAVA_ID)) {
        throw new Unfit("the id java is not for native code");
      }
    }

    Candidate candidate(Outcome outcome, String detail, Throwable cause) {
      return new Candidate(id, priority, isNative, outcome, detail, cause);
    }
  }
}
