package dev.latchkey.core.call;

import dev.latchkey.core.key.KeyEvent;
import dev.latchkey.core.key.KeyLog;
import dev.latchkey.core.key.Owner;
import dev.latchkey.core.provider.Provider;
import dev.latchkey.core.sync.Outlook;
import dev.latchkey.core.work.Workers;
import org.jspecify.annotations.Nullable;

/** Tells what calls would get, once a minute for each owner; the calls go out as they are. */
final class DryRun {
  private final Outlook outlook;
  private final Workers workers;
  private final Reports reports;
  private final KeyLog log;

  DryRun(Outlook outlook, Workers workers, Reports reports, KeyLog log) {
    this.outlook = outlook;
    this.workers = workers;
    this.reports = reports;
    this.log = log;
  }

  /** Looks and tells on a thread of ours; always null. */
  @Nullable KeyedCall tell(Provider provider, Owner owner) {
    if (reports.isNews(KeyEvent.Type.LOADED, provider.name(), owner)) {
      workers.submit(() -> told(provider, owner));
    }
    return null;
  }

  private boolean told(Provider provider, Owner owner) {
    String outcome = "dry run: " + outlook.of(provider, owner);
    log.tell(KeyEvent.Type.LOADED, provider.name(), owner, outcome);
    return true;
  }
}
