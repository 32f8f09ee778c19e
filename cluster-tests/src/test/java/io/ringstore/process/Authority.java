package io.ringstore.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A certificate authority with one certificate for all nodes of this machine, made by the JDK's own {@code keytool}. */
final class Authority {

    private static final char[] PASSWORD = "of no importance".toCharArray();

    private final KeyStore keys;

    Authority(Path directory, String name) throws Exception {
        Path file = directory.resolve(name + ".p12");
        keytool(file, "-alias", "authority", "-dname", "CN=" + name, "-ext", "bc:c");
        keytool(
                file,
                "-alias",
                "node",
                "-signer",
                "authority",
                "-dname",
                "CN=node of " + name,
                "-ext",
                "san=ip:127.0.0.1",
                "-ext",
                "eku=serverAuth,clientAuth");
        keys = KeyStore.getInstance(file.toFile(), PASSWORD);
    }

    private static void keytool(Path file, String... about) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair"));
        command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-validity", "2", "-storetype", "PKCS12"));
        command.addAll(List.of("-keystore", file.toString(), "-storepass", new String(PASSWORD)));
        command.addAll(Arrays.asList(about));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!keytool.waitFor(1, TimeUnit.MINUTES) || keytool.exitValue() != 0) {
            throw new IOException("keytool failed: " + said);
        }
    }

    /** Writes the certificate of the node and its key to where nodes read them. */
    void renew(Path directory) throws IOException, GeneralSecurityException {
        String certificate = pem("CERTIFICATE", keys.getCertificate("node").getEncoded());
        replace(directory.resolve("tls.crt"), certificate);
        replace(
                directory.resolve("tls.key"),
                pem("PRIVATE KEY", keys.getKey("node", PASSWORD).getEncoded()));
    }

    /** Writes which authorities nodes trust from now on. */
    static void trust(Path directory, Authority... authorities) throws IOException, GeneralSecurityException {
        var certificates = new StringBuilder();
        for (Authority authority : authorities) {
            certificates.append(pem(
                    "CERTIFICATE", authority.keys.getCertificate("authority").getEncoded()));
        }
        replace(directory.resolve("ca.crt"), certificates.toString());
    }

    private static String pem(String what, byte[] content) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(what, lines, what);
    }

    private static void replace(Path file, String content) throws IOException {
        Path prepared = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), content);
        Files.move(prepared, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** For a client that shows the certificate of the node, and trusts these. */
    SSLContext member(Authority... trusted) throws GeneralSecurityException {
        KeyManagerFactory shown = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        KeyStore own = emptyStore();
        own.setKeyEntry("node", keys.getKey("node", PASSWORD), PASSWORD, keys.getCertificateChain("node"));
        shown.init(own, PASSWORD);
        return context(shown, trusted);
    }

    /** For a client that has no certificate, and trusts these. */
    static SSLContext stranger(Authority... trusted) throws GeneralSecurityException {
        return context(null, trusted);
    }

    private static SSLContext context(@Nullable KeyManagerFactory shown, Authority... trusted)
            throws GeneralSecurityException {
        KeyStore store = emptyStore();
        for (int i = 0; i < trusted.length; i++) {
            store.setCertificateEntry("authority-" + i, trusted[i].keys.getCertificate("authority"));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(shown == null ? null : shown.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static KeyStore emptyStore() throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            return store;
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** As certificates that it gave name it. */
    String name() throws GeneralSecurityException {
        return ((X509Certificate) keys.getCertificate("authority"))
                .getSubjectX500Principal()
                .getName();
    }
}
