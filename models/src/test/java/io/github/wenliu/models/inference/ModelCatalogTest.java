package io.github.wenliu.models.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelCatalogTest {

  @TempDir Path directory;
  private Path served;
  private Path cache;
  private HttpServer server;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final CountDownLatch end = new CountDownLatch(1);

  @BeforeEach
  void serve() throws IOException {
    served = Files.createDirectories(directory.resolve("served"));
    cache = directory.resolve("cache");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(
        Executors.newCachedThreadPool(
            work -> {
              var thread = new Thread(work);
              thread.setDaemon(true);
              return thread;
            }));
    server.createContext(
        "/models/",
        exchange -> {
          String path = exchange.getRequestURI().getPath().substring("/models/".length());
          asked.add(path);
          Path file = served.resolve(path);
          if (path.contains("silent")) {
            try {
              end.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
          if (Files.isRegularFile(file)) {
            byte[] bytes = Files.readAllBytes(file);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
          } else {
            exchange.sendResponseHeaders(path.contains("broken") ? 500 : 404, -1);
          }
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    end.countDown();
    server.stop(0);
  }

  @Test
  void takesTheUsersDirectoryFirstAndTheHighestVersionWhereNoneIsNamed() {
    Path own = directory.resolve("own");
    for (String version : List.of("v2", "v10", "v9", "draft")) {
      new PackageFolder(own, "tiny", version).write();
    }
    var catalog = ModelCatalog.of(own, null, null);
    assertThat(catalog.resolve("tiny").id()).isEqualTo("tiny/v10");
    assertThat(catalog.resolve("tiny/v9").id()).isEqualTo("tiny/v9");
    assertThat(catalog.resolve("tiny/draft").id()).isEqualTo("tiny/draft");
    assertThat(catalog.list()).containsSubsequence("tiny/draft", "tiny/v2", "tiny/v9", "tiny/v10");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "tiny/",
        "/v1",
        "a/b/c",
        "..",
        "../v1",
        "tiny/..",
        "a..b/v1",
        ".x/v1",
        "ti ny/v1",
        "http://elsewhere/v1",
        "tiny/v1?x",
        "模型/v1",
        "tiny\\v1"
      })
  void aNameThatIsNoneIsRefusedAndAsksNobody(String id) {
    var catalog = ModelCatalog.of(null, address(), cache);
    assertThatThrownBy(() -> catalog.resolve(id))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("a model is named NAME or NAME/VERSION");
    assertThat(asked).isEmpty();
  }

  @Test
  void aPackageUnderAnotherNameIsRefused() throws IOException {
    Path own = directory.resolve("own");
    Path folder = new PackageFolder(own, "tiny", "v1").write();
    Files.move(folder, own.resolve("tiny/v2"));
    assertThatThrownBy(() -> ModelCatalog.of(own, null, null).resolve("tiny/v2"))
        .hasMessageContaining("name and version: expected tiny/v2 but found tiny/v1");
  }

  @Test
  void whatIsNowhereIsToldWithWhereItWasLookedFor() {
    Path own = directory.resolve("served");
    assertThatThrownBy(() -> ModelCatalog.of(own, address(), cache).resolve("none/v1"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("model none/v1: expected in " + own)
        .hasMessageContaining(address().toString().replaceAll("/$", ""))
        .hasMessageContaining("the released models");
    assertThatThrownBy(() -> ModelCatalog.released().resolve("none"))
        .hasMessageContaining("model none: expected in the released models");
  }

  @Test
  void fetchesAPackageOnceAndThenNeedsNoNetwork() {
    new PackageFolder(served, "tiny", "v1").write();
    var fetched = ModelCatalog.of(null, address(), cache).resolve("tiny/v1");
    assertThat(fetched.bytes("tables/a.bin")).hasSize(10);
    assertThat(asked)
        .containsExactly("tiny/v1/manifest.json", "tiny/v1/words.txt", "tiny/v1/tables/a.bin");
    server.stop(0);
    assertThat(ModelCatalog.of(null, address(), cache).resolve("tiny/v1").checksum())
        .isEqualTo(fetched.checksum());
  }

  @Test
  void afterAFailureOnlyWhatIsMissingIsFetched() throws IOException {
    Path folder = new PackageFolder(served, "tiny", "v1").file("broken.bin", "late").write();
    Files.move(folder.resolve("broken.bin"), folder.resolve("hidden"));
    var catalog = ModelCatalog.of(null, address(), cache);
    assertThatThrownBy(() -> catalog.resolve("tiny/v1"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("status 500")
        .hasMessageNotContaining("\n");
    Files.move(folder.resolve("hidden"), folder.resolve("broken.bin"));
    asked.clear();
    assertThat(catalog.resolve("tiny/v1").bytes("broken.bin")).hasSize(4);
    assertThat(asked).containsExactly("tiny/v1/manifest.json", "tiny/v1/broken.bin");
    try (var left = Files.walk(cache)) {
      assertThat(left).noneMatch(path -> path.getFileName().toString().startsWith(".fetching"));
    }
  }

  @Test
  void aFileOfTheCacheThatIsDamagedIsFetchedAgain() throws IOException {
    new PackageFolder(served, "tiny", "v1").write();
    var catalog = ModelCatalog.of(null, address(), cache);
    Path words = catalog.resolve("tiny/v1").path("words.txt").orElseThrow();
    Files.writeString(words, "雨\n");
    asked.clear();
    catalog.resolve("tiny/v1");
    assertThat(asked).containsExactly("tiny/v1/manifest.json", "tiny/v1/words.txt");
    assertThat(words).hasContent("风\n");
  }

  @Test
  void aFileThatIsNotWhatTheManifestSaysIsRefused() throws IOException {
    Path folder = new PackageFolder(served, "tiny", "v1").write();
    var catalog = ModelCatalog.of(null, address(), cache);
    Files.writeString(folder.resolve("words.txt"), "雨\n");
    assertThatThrownBy(() -> catalog.resolve("tiny/v1"))
        .hasMessageContaining("words.txt: expected SHA-256");
    Files.writeString(folder.resolve("words.txt"), "雨".repeat(1000));
    assertThatThrownBy(() -> catalog.resolve("tiny/v1"))
        .hasMessageContaining("more than the expected 4 bytes");
    Files.delete(folder.resolve("words.txt"));
    assertThatThrownBy(() -> catalog.resolve("tiny/v1")).hasMessageContaining("no file words.txt");
  }

  @Test
  void aRepositoryThatDoesNotAnswerIsGivenUp() {
    var repository = new ModelRepository(address(), cache, Duration.ofMillis(200));
    assertThatThrownBy(() -> repository.fetch("silent", "v1"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("expected a model package but found an error");
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:///tmp/models", "ftp://host/models", "models", "http://host/?a=b"})
  void onlyHttpIsARepository(String address) {
    assertThatThrownBy(() -> ModelCatalog.of(null, URI.create(address), cache))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("model repository: expected an");
  }

  @Test
  void theUsersDirectoryMustBeThere() {
    assertThatThrownBy(() -> ModelCatalog.of(directory.resolve("gone"), null, null))
        .hasMessageContaining("expected a directory of models but found none");
  }

  @Test
  void everyReleasedModelIsAsItsManifestSays() {
    var catalog = ModelCatalog.released();
    assertThat(catalog.list()).noneMatch(id -> id.startsWith("lexicon"));
    for (String id : catalog.list()) {
      assertThat(catalog.resolve(id).id()).isEqualTo(id);
    }
  }

  private URI address() {
    return URI.create(
        "http://%s:%d/models/"
            .formatted(
                server.getAddress().getAddress().getHostAddress(), server.getAddress().getPort()));
  }
}
