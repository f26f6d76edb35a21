using Bitwarden.TestServer.Vault;

namespace Bitwarden.TestServer.Seeding;

/// <summary>Folders and logins: the everyday ones, and those whose names are difficult.</summary>
internal sealed class LoginSeeds(SeedWriter writer)
{
    private const string Totp = "JBSWY3DPEHPK3PXP";

    internal void Write()
    {
        Guid work = writer.AddFolder("Work");
        Guid personal = writer.AddFolder("Private");
        Guid nested = writer.AddFolder("Work/Sub");
        AddProdSql(work);
        AddProdWeb(work);
        writer.AddLogin("prod-api", "api_client", writer.Secret("Api-0nly!pw"), nested);
        AddSameNames(work, personal);
        AddDifficultNames(personal);
    }

    private void AddProdSql(Guid folder)
    {
        FieldSealer sealer = writer.Sealer;
        LoginData login = new()
        {
            Username = sealer.Seal("sql_admin"),
            Totp = sealer.Seal(writer.Remember(Totp)),
            Uris = [sealer.Uri("https://sql.example.org:1433"), sealer.Uri("https://sql-standby.example.org/login", match: 3)],
            PasswordRevisionDate = SeedWriter.SeedDate.AddDays(-30),
        };
        writer.AddLogin("prod-sql", login, writer.Secret("Sql-Pr0d!7f3K"), folder, cipher => cipher with
        {
            Favorite = true,
            Content = cipher.Content with
            {
                Notes = sealer.Seal(writer.Secret("Restore notes: vault shelf 7, second drawer")),
                Fields = ProdSqlFields(sealer),
                PasswordHistory = [new() { Password = sealer.Seal(writer.Secret("Sql-0ld!2e9A")), LastUsedDate = SeedWriter.SeedDate.AddDays(-30) }],
            },
        });
    }

    private FieldData[] ProdSqlFields(FieldSealer sealer) =>
    [
        sealer.Field(0, "environment", "production"),
        sealer.Field(1, "api-key", writer.Secret("hidden-field-51d0")),
        sealer.Field(2, "rotated", "true"),
        sealer.Field(3, "login name", null, linkedId: 100),
    ];

    private void AddProdWeb(Guid folder)
    {
        FieldSealer sealer = writer.Sealer;
        LoginData login = new()
        {
            Username = sealer.Seal("web_admin@example.org"),
            Uris = [sealer.Uri("https://web.example.org/login?a=1&b=2")],
            Fido2Credentials = [Passkey(sealer)],
        };
        writer.AddLogin("prod-web", login, writer.Secret("p@ss \"w0rd\" $HOME `x` 'q' <&> ünï"), folder);
    }

    private Fido2CredentialData Passkey(FieldSealer sealer) => new()
    {
        CredentialId = sealer.Seal("6c7e6f3a-3b0b-4f0e-9c39-0d6a4b7f2a11"),
        KeyType = sealer.Seal("public-key"),
        KeyAlgorithm = sealer.Seal("ECDSA"),
        KeyCurve = sealer.Seal("P-256"),
        KeyValue = sealer.Seal(writer.Secret("passkey-private-value-88b1")),
        RpId = sealer.Seal("web.example.org"),
        RpName = sealer.Seal("Example web"),
        UserHandle = sealer.Seal("dXNlci1oYW5kbGU"),
        UserName = sealer.Seal("web_admin"),
        UserDisplayName = sealer.Seal("Web Admin"),
        Counter = sealer.Seal("0"),
        Discoverable = sealer.Seal("true"),
        CreationDate = SeedWriter.SeedDate,
    };

    private void AddSameNames(Guid work, Guid personal)
    {
        writer.AddLogin("duplicate", "dup_work", writer.Secret("Dup-W0rk!"), work);
        writer.AddLogin("duplicate", "dup_private", writer.Secret("Dup-Pr1vate!"), personal);
        writer.AddLogin("twins", "castor", writer.Secret("Tw1n-castor!"));
        writer.AddLogin("twins", "pollux", writer.Secret("Tw1n-pollux!"));
        writer.AddLogin("identical", "same_user", writer.Secret("Ident-first!1"));
        writer.AddLogin("identical", "same_user", writer.Secret("Ident-second!2"));
    }

    private void AddDifficultNames(Guid personal)
    {
        writer.AddLogin("c# build", "builder", writer.Secret("Csharp-Bu1ld!"), personal);
        writer.AddLogin("names with [brackets]", "bracket_user", writer.Secret("Br4cket[s]!"));
        writer.AddLogin("star * item", "star_user", writer.Secret("St4r*!"));
        writer.AddLogin("Straße ü", "strasse_user", writer.Secret("Str4ße-pw!"));
        writer.AddLogin("token-only", new LoginData(), writer.Secret("tok_9c1f77"));
        writer.AddLogin("empty login", "nobody", password: null);
    }
}
