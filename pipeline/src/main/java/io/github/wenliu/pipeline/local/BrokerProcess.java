package io.github.wenliu.pipeline.local;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** The broker alone in its JVM, until it is told to stop: {@code BrokerProcess DIRECTORY PORT}. */
public final class BrokerProcess {

  /** Printed once clients can connect; the bootstrap address follows. */
  public static final String READY = "broker ready at ";

  private BrokerProcess() {}

  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 2) {
      System.err.println("usage: BrokerProcess DIRECTORY PORT");
      System.exit(2);
    }
    var broker = EmbeddedBroker.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
    var stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  broker.close();
                  stopped.countDown();
                }));
    System.out.println(READY + broker.bootstrap());
    stopped.await();
  }
}
