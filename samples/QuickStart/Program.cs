using Bitwarden.QuickStart;
using Bitwarden.TestServer;

bool interactive = args.Contains("--interactive");
Console.WriteLine("Bitwarden for PowerShell: the main job, against an embedded server with a made-up account.");
await using EmbeddedServer server = await EmbeddedServer.StartAsync();
Console.WriteLine($"Server     {server.HttpsUrl} (and {server.HttpUrl}), up until this command ends");
Console.WriteLine($"Account    {server.Argon2id.Email}, {server.Argon2id.Kdf}");
Console.WriteLine();

if (PowerShellFinder.Find() is string powerShell)
{
    PowerShellTour tour = new(powerShell, server);
    return interactive ? await tour.OpenPromptAsync() : await tour.RunAsync();
}

Console.WriteLine("No PowerShell 7 was found (on the PATH, or as the .NET tool 'powershell'), so the same steps are taken through the engine's API.");
Console.WriteLine();
return await new EngineTour(server).RunAsync();
