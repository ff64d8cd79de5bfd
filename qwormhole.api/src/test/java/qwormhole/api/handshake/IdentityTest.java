package qwormhole.api.handshake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.HexFormat;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import qwormhole.api.error.ErrorCode;
import qwormhole.api.error.QWormholeException;

class IdentityTest {
  // RFC 8032, section 7.1, test 2.
  private static final String SEED =
      "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb";
  private static final String POINT =
      "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";
  private static final String SIGNATURE_OF_72 =
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
          + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";
  private static final String SPKI_PREFIX = "302a300506032b6570032100";

  private static Identity known() {
    return Identity.fromDer(hex("302e020100300506032b657004220420" + SEED));
  }

  @Test
  void aKnownKeySignsAsTheStandardSays() {
    byte[] signature = known().sign(hex("72"));

    assertThat(HexFormat.of().formatHex(signature)).isEqualTo(SIGNATURE_OF_72);
    assertThat(known().peer().verifies(hex("72"), signature)).isTrue();
    assertThat(known().peer().verifies(hex("73"), signature)).isFalse();
    assertThat(known().peer().verifies(hex("72"), new byte[3])).isFalse();
    assertThat(Identity.generate().peer().verifies(hex("72"), signature)).isFalse();
  }

  @Test
  void theSidFollowsFromTheKeyAlone() {
    assertThat(known().publicKey()).isEqualTo(base64(SPKI_PREFIX + POINT));
    assertThat(known().sid()).isEqualTo("ed25519:3rLe053Cb84OYIW2_DS_a1lBkTu_4uphQRPP-eAEwXA");
    assertThat(known().peer()).isEqualTo(PeerIdentity.of(known().publicKey()));
    assertThat(Identity.generate().sid()).isNotEqualTo(Identity.generate().sid());
  }

  @Test
  void aSavedIdentityIsReadableByItsOwnerOnlyAndLoads(@TempDir Path folder) throws Exception {
    Identity identity = Identity.generate();
    Path file = folder.resolve("id.pem");
    identity.save(file);

    assertThat(Identity.load(file).peer()).isEqualTo(identity.peer());
    assertThat(Identity.fromPem(Files.readString(file)).peer()).isEqualTo(identity.peer());
    assertThat(Files.readString(file)).startsWith("-----BEGIN PRIVATE KEY-----\n");
    if (isPosix(folder)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void savingNeverReplacesAFile(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("id.pem"), "precious");

    assertRefused(() -> Identity.generate().save(file), "cannot be written");
    assertThat(file).hasContent("precious");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-", "rwx--x---"})
  void aKeyFileThatOthersMayUseIsRefused(String permissions, @TempDir Path folder)
      throws Exception {
    assumeTrue(isPosix(folder), "no POSIX permissions here");
    Path file = folder.resolve("id.pem");
    Identity.generate().save(file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));

    assertRefused(() -> Identity.load(file), permissions, "chmod 600");
  }

  @Test
  void aKeyFileMayBeDer(@TempDir Path folder) throws Exception {
    Path file =
        Files.write(folder.resolve("id.der"), hex("302e020100300506032b657004220420" + SEED));
    if (isPosix(folder)) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    assertThat(Identity.load(file).peer()).isEqualTo(known().peer());
  }

  @Test
  void whatIsNoKeyIsRefusedWithoutQuotingIt(@TempDir Path folder) throws Exception {
    assertRefused(() -> Identity.load(folder.resolve("absent")), "cannot be read", "absent");
    assertRefused(() -> Identity.fromPem("CANARY"), "no unencrypted PRIVATE KEY");
    assertRefused(
        () -> Identity.fromPem("-----BEGIN PRIVATE KEY-----\nCANARY!\n-----END PRIVATE KEY-----"),
        "not base64");
    assertRefused(
        () -> Identity.fromPem("-----END PRIVATE KEY----------BEGIN PRIVATE KEY-----"), "PEM");
    assertRefused(() -> Identity.fromDer("CANARY".getBytes(UTF_8)), "not an Ed25519 private key");
    // X25519: the same shape, another algorithm.
    assertRefused(
        () -> Identity.fromDer(hex("302e020100300506032b656e04220420" + SEED)), "Ed25519");
    Path large = Files.write(folder.resolve("large"), new byte[20_000]);
    if (isPosix(folder)) {
      Files.setPosixFilePermissions(large, PosixFilePermissions.fromString("rw-------"));
    }
    assertRefused(() -> Identity.load(large), "over 16384 bytes");
  }

  @Test
  void thePrivateKeyIsInNoText() {
    String text = known() + " " + known().peer();

    assertThat(text).contains(known().sid()).doesNotContainIgnoringCase(SEED.substring(0, 16));
    assertThat(text).doesNotContain(base64(SEED).substring(0, 16));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000080",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"
      })
  void pointsOfSmallOrderAreNoKeys(String point) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PeerIdentity.of(base64(SPKI_PREFIX + point)))
        .withMessageContaining("small order");
  }

  @Test
  void aPublicKeyHasOneForm() {
    String good = base64(SPKI_PREFIX + POINT);
    for (String bad :
        new String[] {
          "",
          "@@@@",
          good.substring(0, 56),
          good.replace("=", ""),
          good + "\n",
          base64("302a300506032b656e032100" + POINT),
          base64(SPKI_PREFIX + POINT + "00"),
          good.substring(0, good.length() - 2) + "x="
        }) {
      assertThatIllegalArgumentException().isThrownBy(() -> PeerIdentity.of(bad));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PeerIdentity(good, Identity.generate().sid()));
  }

  private static void assertRefused(ThrowingCallable call, String... texts) {
    QWormholeException refused = catchThrowableOfType(QWormholeException.class, call);
    assertThat(refused.code()).isEqualTo(ErrorCode.E_INVALID_HANDSHAKE_SIGNATURE);
    assertThat(refused.getMessage()).contains(texts).doesNotContain("CANARY");
  }

  private static boolean isPosix(Path path) throws IOException {
    return Files.getFileStore(path).supportsFileAttributeView("posix");
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }

  private static String base64(String hex) {
    return Base64.getEncoder().encodeToString(hex(hex));
  }
}
