package qwormhole.api.internal.handshake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static qwormhole.api.internal.handshake.HandshakeSupport.frame;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import qwormhole.api.error.ErrorCode;

/** The table of protocol section 2, and what sections 3 to 5 add to it. */
class WireSchemaTest {

  @Test
  void isReadFromTheNamedModule() {
    assertThat(WireSchema.class.getModule().getName()).isEqualTo("qwormhole.api");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'version':'1.0.0'",
        "'sid':'s'",
        "'sig':'s'",
        "'negHash':'00'",
        "'ts':0",
        "'ts':1700000000000",
        "'ts':1.7e12",
        "'nIndex':-1.5",
        "'caps':{}",
        "'caps':{'a':true,'b':'','c':1.5,'d':[],'e':{}}",
        "'caps':{'a':[[{'b':[1,'x',false,{'c':{}}]}]]}",
        "'nv':'v'",
        "'nv':{}",
        "'nv':{'hash':'h','entropy':0,'vector':[],'more':null}",
        "'nv':{'vector':[1,-2.5]}",
        "'tags':{}",
        "'tags':{'a':'','b':1,'c':-0.5}",
        "'entropyMetrics':{}",
        "'entropyMetrics':{'entropy':8,'entropyVelocity':'low','coherence':'chaos','negIndex':1}",
        "'entropyMetrics':{'entropyVelocity':'spiking','more':[null]}",
        "'unknown':null",
        "'other':{'deep':[null]}",
        "'re':'abc'",
        "'nonce':'n','publicKey':'k','signature':'s'",
        "'session':{'resume':1}",
        "'session':{'id':'i','token':'t','boot':'b','epoch':0,'timeoutMs':1,'window':8388608}",
        "'session':{'id':'i','epoch':3,'received':9,'oldest':2,'proof':'p'}"
      })
  void accepts(String members) {
    assertThatNoException().isThrownBy(() -> validate(members));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'version':''                                | /version a non-empty string",
        "'version':1                                 | /version a non-empty string",
        "'version':null                              | /version a non-empty string",
        "'sid':''                                    | /sid a non-empty string",
        "'sid':null                                  | /sid a non-empty string",
        "'caps':[]                                   | /caps an object",
        "'caps':null                                 | /caps an object",
        "'caps':{'a':null}           | /caps/a a boolean, string, number, array or object",
        "'caps':{'a':[1,{'b':null}]} | /caps/a/1/b a boolean, string, number, array or object",
        "'nv':''                                     | /nv a non-empty string or an object",
        "'nv':1                                      | /nv a non-empty string or an object",
        "'nv':null                                   | /nv a non-empty string or an object",
        "'nv':{'hash':1}                             | /nv/hash a non-empty string",
        "'nv':{'entropy':-0.1}                       | /nv/entropy a number of at least 0",
        "'nv':{'entropy':null}                       | /nv/entropy a number of at least 0",
        "'nv':{'vector':1}                           | /nv/vector an array of numbers",
        "'nv':{'vector':[1,'2']}                     | /nv/vector/1 a number",
        "'ts':-1                                     | /ts an integer of at least 0",
        "'ts':1.5                                    | /ts an integer of at least 0",
        "'ts':'1'                                    | /ts an integer of at least 0",
        "'sig':''                                    | /sig a non-empty string",
        "'tags':[]                                   | /tags an object",
        "'tags':{'a':true}                           | /tags/a a string or a number",
        "'tags':{'a':null}                           | /tags/a a string or a number",
        "'tags':{'a':{}}                             | /tags/a a string or a number",
        "'nIndex':'0.5'                              | /nIndex a number",
        "'negHash':''                                | /negHash a non-empty string",
        "'entropyMetrics':1                          | /entropyMetrics an object",
        "'entropyMetrics':{'entropy':-1}   | /entropyMetrics/entropy a number of at least 0",
        "'entropyMetrics':{'negIndex':1.1} | /entropyMetrics/negIndex a number from 0 to 1",
        "'entropyMetrics':{'negIndex':-0.1} | /entropyMetrics/negIndex a number from 0 to 1",
        "'entropyMetrics':{'entropyVelocity':'high'}"
            + " | /entropyMetrics/entropyVelocity low, stable, rising or spiking",
        "'entropyMetrics':{'coherence':null}"
            + " | /entropyMetrics/coherence high, medium, low or chaos",
        "'re':1                                      | /re a non-empty string",
        "'nonce':''                                  | /nonce a non-empty string",
        "'publicKey':7                               | /publicKey a non-empty string",
        "'signature':null                            | /signature a non-empty string",
        "'session':'s'                               | /session an object",
        "'session':{'epoch':-1}                      | /session/epoch an integer of at least 0",
        "'session':{'token':1}                       | /session/token a non-empty string"
      })
  void namesTheMemberAndWhatWasExpected(String members, String memberAndExpectation) {
    int split = memberAndExpectation.indexOf(' ');

    assertThat(refusal("{'type':'handshake'," + members + "}").reason())
        .isEqualTo(
            "member %s must be %s",
            memberAndExpectation.substring(0, split), memberAndExpectation.substring(split + 1));
  }

  @Test
  void requiresTheType() {
    assertThat(refusal("{}").reason()).isEqualTo("member /type is required");
    assertThat(refusal("{'type':'Handshake'}").reason())
        .isEqualTo("member /type must be the text handshake");
    assertThat(refusal("{'type':null}").reason())
        .isEqualTo("member /type must be the text handshake");
  }

  @Test
  void neverEchoesValuesAndEscapesNames() {
    assertThat(refusal("{'type':'handshake','version':['SECRET']}").reason())
        .doesNotContain("SECRET");
    assertThat(refusal("{'type':'SECRET'}").reason()).doesNotContain("SECRET");
    assertThat(refusal("{'type':'handshake','tags':{'a\\n\\u001b${x}':null}}").reason())
        .isEqualTo("member /tags/a\\n\\u001b$\\{x} must be a string or a number");
    assertThat(refusal("{'type':'handshake','tags':{'" + "k".repeat(3000) + "':null}}").reason())
        .hasSizeBetween(150, 200)
        .endsWith(" chars)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'type':'handshake-reject','code':'E_X','reason':''}           | true",
        "{'type':'handshake-reject','code':'E_X','reason':'r','more':1} | true",
        "{'type':'handshake-reject','code':'','reason':'r'}             | false",
        "{'type':'handshake-reject','code':'E_X'}                       | false",
        "{'type':'handshake-reject','reason':'r'}                       | false",
        "{'type':'handshake-reject','code':1,'reason':'r'}              | false",
        "{'type':'handshake-reject','code':'E_X','reason':null}         | false",
        "{'type':'handshake','code':'E_X','reason':'r'}                 | false"
      })
  void knowsARejectFrame(String json, boolean wellFormed) throws Exception {
    assertThat(
            WireSchema.HANDSHAKE_REJECT
                .problem(StrictJson.parse(frame(json.replace('\'', '"'))))
                .isEmpty())
        .isEqualTo(wellFormed);
  }

  private static void validate(String members) throws HandshakeRejection {
    String json = "{'type':'handshake'," + members + "}";
    WireSchema.HANDSHAKE.check(StrictJson.parse(frame(json.replace('\'', '"'))));
  }

  private static HandshakeRejection refusal(String json) {
    HandshakeRejection refused =
        catchThrowableOfType(
            HandshakeRejection.class,
            () -> WireSchema.HANDSHAKE.check(StrictJson.parse(frame(json.replace('\'', '"')))));
    assertThat(refused).as("refusal of %s", json).isNotNull();
    assertThat(refused.code()).isEqualTo(ErrorCode.E_INVALID_HANDSHAKE_PAYLOAD);
    return refused;
  }
}
