package qwormhole.api.internal.environment;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import qwormhole.api.HandshakeVerifier;
import qwormhole.api.error.ErrorCode;

/** Lets in who has all of these tags, each {@code key} or {@code key=value}. */
record RequiredTags(List<String> tags) implements HandshakeVerifier {

  @Override
  public CompletionStage<Verdict> verify(Applicant applicant) {
    Map<String, Object> given = applicant.peer().tags();
    return CompletableFuture.completedFuture(
        tags.stream()
            .filter(tag -> !has(given, tag))
            .findFirst()
            .map(RequiredTags::missing)
            .orElseGet(Verdict::accept));
  }

  private static boolean has(Map<String, Object> given, String tag) {
    int equals = tag.indexOf('=');
    Object value = given.get(equals < 0 ? tag : tag.substring(0, equals));
    return value != null && (equals < 0 || value.toString().equals(tag.substring(equals + 1)));
  }

  /** Names the key alone: the value that would open the door is not the peer's business. */
  private static Verdict missing(String tag) {
    int equals = tag.indexOf('=');
    return new Verdict(
        ErrorCode.E_HANDSHAKE_REJECTED,
        equals < 0
            ? "tag " + tag + " is required"
            : "tag " + tag.substring(0, equals) + " does not have the required value");
  }
}
