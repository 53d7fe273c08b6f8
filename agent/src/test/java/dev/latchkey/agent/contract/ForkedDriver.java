package dev.latchkey.agent.contract;

/** A driver in another JVM. */
final class ForkedDriver implements ClientDriver {
  private final Fork fork;
  private final Object number;

  private ForkedDriver(Fork fork, Object number) {
    this.fork = fork;
    this.number = number;
  }

  static ForkedDriver in(Fork fork, Settings settings) throws Exception {
    return new ForkedDriver(fork, fork.ask("driver", settings));
  }

  @Override
  public Answer send(Call call) throws Exception {
    return (Answer) fork.ask("send", number, call);
  }

  @Override
  public Running start(Call call) {
    return new ForkedRunning(unchecked("start", number, call));
  }

  @Override
  public Streaming open(Call call) throws Exception {
    int[] opened = (int[]) fork.ask("open", number, call);
    return new ForkedStream(opened[0], opened[1]);
  }

  @Override
  public int leased() {
    return (Integer) unchecked("leased", number);
  }

  @Override
  public void close() throws Exception {
    fork.ask("close", number);
  }

  private Object unchecked(Object... question) {
    try {
      return fork.ask(question);
    } catch (Exception fault) {
      throw new IllegalStateException(fault);
    }
  }

  private final class ForkedRunning implements Running {
    private final Object running;

    ForkedRunning(Object running) {
      this.running = running;
    }

    @Override
    public Answer join() throws Exception {
      return (Answer) fork.ask("join", running);
    }

    @Override
    public boolean done() {
      return (Boolean) unchecked("done", running);
    }

    @Override
    public void cancel() {
      unchecked("cancel", running);
    }
  }

  private final class ForkedStream implements Streaming {
    private final Object stream;
    private final int status;

    ForkedStream(Object stream, int status) {
      this.stream = stream;
      this.status = status;
    }

    @Override
    public int status() {
      return status;
    }

    @Override
    public byte[] read() throws Exception {
      return (byte[]) fork.ask("read", stream);
    }

    @Override
    public void close() throws Exception {
      fork.ask("close", stream);
    }
  }
}
