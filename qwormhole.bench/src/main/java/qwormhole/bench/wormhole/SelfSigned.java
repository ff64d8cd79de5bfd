package qwormhole.bench.wormhole;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.HexFormat;

/**
 * A new key on P-256 with a certificate that it has signed itself, for one server of one round: a
 * Java runtime has no API that makes one, nor need it have keytool. The plainest that X.509 knows
 * (RFC 5280, version 1, without extensions), in DER.
 */
record SelfSigned(KeyPair keys, X509Certificate certificate) {
  private static final int INTEGER = 0x02;
  private static final int BIT_STRING = 0x03;
  private static final int UTF8_STRING = 0x0c;
  private static final int UTC_TIME = 0x17;
  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;

  private static final byte[] ECDSA_WITH_SHA256 = HexFormat.of().parseHex("06082a8648ce3d040302");
  private static final byte[] COMMON_NAME = HexFormat.of().parseHex("0603550403");

  /** Clocks of two machines differ, and nobody keeps the key: it is valid as long as dates go. */
  private static final String FROM = "500101000000Z";

  private static final String UNTIL = "491231235959Z";

  static SelfSigned make() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair keys = generator.generateKeyPair();
      byte[] algorithm = der(SEQUENCE, ECDSA_WITH_SHA256);
      byte[] content = content(keys, algorithm);
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(keys.getPrivate());
      signature.update(content);
      byte[] signed = der(BIT_STRING, new byte[] {0}, signature.sign());
      return new SelfSigned(keys, read(der(SEQUENCE, content, algorithm, signed)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no elliptic curves", e);
    }
  }

  private static byte[] content(KeyPair keys, byte[] algorithm) {
    byte[] name = der(UTF8_STRING, "qwormhole-bench".getBytes(StandardCharsets.US_ASCII));
    byte[] named = der(SEQUENCE, der(SET, der(SEQUENCE, COMMON_NAME, name)));
    byte[] valid = der(SEQUENCE, time(FROM), time(UNTIL));
    byte[] serial = der(INTEGER, new byte[] {1});
    byte[] key = keys.getPublic().getEncoded();
    return der(SEQUENCE, serial, algorithm, named, valid, named, key);
  }

  private static byte[] time(String time) {
    return der(UTC_TIME, time.getBytes(StandardCharsets.US_ASCII));
  }

  /** The certificate as DER. */
  byte[] encoded() {
    try {
      return certificate.getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * A certificate from DER.
   *
   * @throws GeneralSecurityException when it is none
   */
  static X509Certificate read(byte[] der) throws GeneralSecurityException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
  }

  /** A value with its tag and length; up to 64 KiB, which no certificate of this kind reaches. */
  private static byte[] der(int tag, byte[]... parts) {
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      value.writeBytes(part);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    int length = value.size();
    if (length >= 0x100) {
      out.write(0x82);
      out.write(length >>> 8);
    } else if (length >= 0x80) {
      out.write(0x81);
    }
    out.write(length);
    out.writeBytes(value.toByteArray());
    return out.toByteArray();
  }
}
