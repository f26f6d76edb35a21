using System.Globalization;
using Bitwarden.Core.Crypto;
using Bitwarden.TestServer.Vault;

namespace Bitwarden.TestServer.Seeding;

/// <summary>Any number of logins in four folders. Encrypted on all processors, added in their order.</summary>
internal sealed class ManySeeds(SeedWriter writer, EmbeddedServerOptions options)
{
    private const int Block = 2_000;
    private const int OrganizationEvery = 5;
    private const int SharedNameEvery = 10;
    private const int Sharers = 4;

    /// <summary>The name of an item, numbered from 1.</summary>
    internal static string NameOf(int number, bool isMixed) => isMixed && number % SharedNameEvery == 0
        ? Numbered("shared", (number / (SharedNameEvery * Sharers)) + 1)
        : Numbered("item", number);

    internal void Write()
    {
        Guid[] folders = [.. new[] { "Team A", "Team B", "Team C", "Team D" }.Select(writer.AddFolder)];
        using SymmetricKey organizationKey = SymmetricKey.Generate();
        OrganizationOwner? organization = options.MixedLargeVault ? OrganizationOwner.Add(writer.Account, organizationKey) : null;
        foreach (int[] numbers in Enumerable.Range(1, options.LargeVaultItems).Chunk(Block))
        {
            SealedLogin[] logins = new SealedLogin[numbers.Length];
            Parallel.For(0, numbers.Length, i => logins[i] = Seal(numbers[i], organization));
            Array.ForEach(logins, login => Add(login, folders[login.Number % folders.Length]));
        }
    }

    private SealedLogin Seal(int number, OrganizationOwner? organization)
    {
        OrganizationOwner? owner = number % OrganizationEvery == 0 ? organization : null;
        SymmetricKey ownerKey = owner?.Key ?? writer.Account.UserKey;
        using SymmetricKey? itemKey = options.MixedLargeVault && number % 2 == 0 ? SymmetricKey.Generate() : null;
        FieldSealer sealer = new(itemKey ?? ownerKey);
        string password = $"{Numbered("pw", number)}-{writer.Account.Profile.Tag}";
        string uri = $"https://{Numbered("host", number)}.example.org";
        LoginData login = new()
        {
            Username = sealer.Seal(Numbered("user", number)),
            Password = sealer.Seal(password),
            Uris = [itemKey is null ? sealer.Uri(uri) : sealer.CheckedUri(uri)],
        };
        string name = NameOf(number, options.MixedLargeVault);
        string? wrapped = itemKey is null ? null : ownerKey.WrapKey(itemKey).ToWireString();
        return new SealedLogin(number, name, password, new CipherContent { Name = sealer.Seal(name), Login = login }, wrapped, owner);
    }

    private void Add(SealedLogin login, Guid folder)
    {
        writer.Account.AddPassword(login.Name, writer.Remember(login.Password));
        writer.AddSealed(login.Name, 1, login.Content, cipher => cipher with
        {
            Key = login.Key,
            FolderId = folder,
            OrganizationId = login.Owner?.Id,
            CollectionIds = login.Owner is null ? [] : [login.Owner.Collection],
        });
    }

    private static string Numbered(string stem, int number) => string.Create(CultureInfo.InvariantCulture, $"{stem}-{number:00000}");

    private sealed record SealedLogin(int Number, string Name, string Password, CipherContent Content, string? Key, OrganizationOwner? Owner);
}
