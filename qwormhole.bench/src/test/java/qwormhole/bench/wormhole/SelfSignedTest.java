package qwormhole.bench.wormhole;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import org.junit.jupiter.api.Test;

class SelfSignedTest {

  @Test
  void itIsSignedWithItsOwnKeyAndValid() throws GeneralSecurityException {
    SelfSigned made = SelfSigned.make();
    PublicKey key = made.keys().getPublic();
    made.certificate().verify(key);
    made.certificate().checkValidity();
    assertThat(made.certificate().getPublicKey()).isEqualTo(key);
    assertThat(made.certificate().getSubjectX500Principal().getName())
        .isEqualTo("CN=qwormhole-bench");
  }

  @Test
  void eachHasAKeyOfItsOwn() {
    assertThat(SelfSigned.make().keys().getPublic())
        .isNotEqualTo(SelfSigned.make().keys().getPublic());
  }

  @Test
  void whatIsSentIsReadAgain() throws GeneralSecurityException {
    SelfSigned made = SelfSigned.make();
    assertThat(SelfSigned.read(made.encoded())).isEqualTo(made.certificate());
  }
}
