using Bitwarden.MemoryProbe;

// Another process reads this one's memory at each pause. Arguments are no secrets: what is secret comes over standard input.
using Pipes pipes = new();
Scenario scenario = new(new Uri(args[0]), new Uri(args[1]), args[2], pipes);
await scenario.RunAsync();
