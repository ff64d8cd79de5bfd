package qwormhole.api.spi;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names a {@link TransportProvider}, on its class: {@code @ProviderInfo(id = "acme", priority = 50)}.
 * It is read without constructing the provider or initialising its class, so a provider is known by
 * its id in every report, also where a switch keeps it out. A class without it is passed over.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface ProviderInfo {

  /**
   * A short, stable name: a lower-case letter, then up to 31 lower-case letters, digits and hyphens.
   * Of two providers with one id that of the higher priority is used; {@code java}, {@code lws} and
   * {@code libsocket} are kept for the modules of this project.
   */
  String id();

  /** Order among providers: higher is tried first; ties are broken by {@link #id()}. Java's is 0. */
  int priority();

  /** Tells that native code moves the bytes. Native providers are never constructed when off. */
  boolean isNative() default false;
}
