package qwormhole.api.internal.handshake;

import static org.assertj.core.api.Assertions.assertThat;
import static qwormhole.api.internal.handshake.HandshakeSupport.frame;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Intent, state, revelation and shard messages, and the vector that goes with them: protocol section 6. */
class ScpMessagesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'intent','sid':'s','intent':'offer_capability'}",
        "{'type':'intent','sid':'s','intent':'i','payload':{'a':null},'ts':1,'sig':'x','more':1}",
        "{'type':'state','sid':'s','ts':0,'sig':'x'}",
        "{'type':'state','sid':'s','snapshot':{'stateHash':'h','summary':''},'ts':0,'sig':'x'}",
        "{'type':'state','sid':'s','delta':{'changes':[]},'ts':0,'sig':'x'}",
        "{'type':'state','sid':'s','merge':{'strategy':'coin','by':1},'ts':0,'sig':'x','more':1}",
        "{'type':'revelation','sid':'s','intent':'i','payload':[1],'ts':0,'sig':'x','more':1}",
        "{'type':'shard','id':'shard-001','root':'s'}",
        "{'type':'shard','id':'i','root':'s','capabilities':{},'routingHints':['a'],"
            + "'stateHash':'h'}",
        "{'type':'telegram','sid':1}",
        "{'type':7}",
        "{}"
      })
  void findsNothingWrong(String message) throws Exception {
    assertThat(problem(message)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'type':'intent','intent':'i'}                | member /sid is required",
        "{'type':'intent','sid':'s'}                   | member /intent is required",
        "{'type':'intent','sid':'','intent':'i'}       | member /sid must be a non-empty string",
        "{'type':'intent','sid':'s','intent':'i','payload':[]}"
            + " | member /payload must be an object",
        "{'type':'state','sid':'s','sig':'x'}        | member /ts is required",
        "{'type':'state','sid':'s','ts':1}            | member /sig is required",
        "{'type':'revelation','sid':'s','intent':'i','sig':'x'} | member /ts is required",
        "{'type':'revelation','sid':'s','intent':'i','ts':1} | member /sig is required",
        "{'type':'state','sid':'s','sig':'x','ts':-1} | member /ts must be an integer of at least 0",
        "{'type':'state','sid':'s','ts':1,'sig':'x','snapshot':{}}"
            + " | member /snapshot/stateHash is required",
        "{'type':'state','sid':'s','ts':1,'sig':'x','delta':{'changes':{}}}"
            + " | member /delta/changes must be an array",
        "{'type':'state','sid':'s','ts':1,'sig':'x','merge':{'winner':'w','strategy':''}}"
            + " | member /merge/strategy must be a non-empty string",
        "{'type':'state','sid':'s','ts':1,'sig':'x','merge':{'winner':'w'}}"
            + " | member /merge/strategy is required",
        "{'type':'shard','id':'i'}                     | member /root is required",
        "{'type':'shard','id':'i','root':'r','routingHints':['']}"
            + " | member /routingHints/0 must be a non-empty string"
      })
  void namesTheMemberAndWhatWasExpected(String message, String problem) throws Exception {
    assertThat(problem(message)).isEqualTo(problem);
  }

  @Test
  void aNegentropyVectorHasFourSharesOfOne() throws Exception {
    String vector = "{'shannon':0.98,'kolmogorov':0.87,'spectral':1,'jitter':0}";

    assertThat(vectorProblem(vector)).isEmpty();
    assertThat(vectorProblem(vector.replace("0.98", "1.01")))
        .isEqualTo("member /shannon must be a number from 0 to 1");
    assertThat(vectorProblem(vector.replace("jitter", "x")))
        .isEqualTo("member /jitter is required");
  }

  @ParameterizedTest
  @EnumSource
  void everySchemaCompilesAndRefusesWhatIsNoObject(WireSchema schema) throws Exception {
    var notAnObject = StrictJson.parse(frame("{\"a\":[1]}")).get("a");

    assertThat(schema.problem(notAnObject)).isPresent();
  }

  private static String problem(String message) throws Exception {
    return ScpMessages.problem(StrictJson.parse(frame(message.replace('\'', '"')))).orElse("");
  }

  private static String vectorProblem(String vector) throws Exception {
    return WireSchema.NEGENTROPY_VECTOR
        .problem(StrictJson.parse(frame(vector.replace('\'', '"'))))
        .orElse("");
  }
}
