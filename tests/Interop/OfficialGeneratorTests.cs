using System.Text.Json.Nodes;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Generators;
using Bitwarden.Core.Sessions;
using Bitwarden.TestServer;
using Bitwarden.Tests;
using Xunit;

namespace Bitwarden.Interop.Tests;

/// <summary>What the official client and ours make up is of the same form, option by option.</summary>
public sealed class OfficialGeneratorTests : IClassFixture<LoginFixture>
{
    private const int Tries = 200;
    private const string Word = "[a-z-]{3,9}";
    private readonly LoginFixture _both;

    public OfficialGeneratorTests(LoginFixture both)
    {
        Skip.When(both.Missing is not null, both.Missing);
        _both = both;
    }

    public static TheoryData<string, string> Passwords() => new()
    {
        { string.Empty, "^(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9])[a-zA-Z0-9]{14}$" },
        { "-u -l -n -s --length 128", "^(?=.*[!@#$%^&*])[a-zA-Z0-9!@#$%^&*]{128}$" },
        { "-l --length 5", "^[a-z]{5}$" },
        { "-n -s --minNumber 3 --minSpecial 9 --length 12", "^(?=(.*[0-9]){3})(?=(.*[!@#$%^&*]){9})[0-9!@#$%^&*]{12}$" },
        { "-u -l -n --ambiguous --length 128", "^[A-HJ-NP-Za-km-z2-9]{128}$" },
    };

    public static TheoryData<string, string> Passphrases() => new()
    {
        { "-p", $"^{Word}(-{Word}){{5}}$" },
        { "-p --words 3 --separator _ -c --includeNumber", @"^(?=\D*[0-9]\D*$)[A-Z][a-z-]{2,8}[0-9]?(_[A-Z][a-z-]{2,8}[0-9]?){2}$" },
        { "-p --words 20 --separator space", $"^{Word}( {Word}){{19}}$" },
        { "-p --words 4 --separator empty", "^[a-z-]{12,36}$" },
    };

    [Theory]
    [MemberData(nameof(Passwords))]
    public async Task PasswordsHaveTheSameForm(string arguments, string form)
    {
        Assert.Matches(form, await OfficialAsync(_both.NewProfile(), arguments));
        PasswordOptions options = PasswordsFor(arguments.Split(' '));
        Assert.All(Many(() => PasswordGenerator.Generate(options)), password => Assert.Matches(form, password));
    }

    [Theory]
    [MemberData(nameof(Passphrases))]
    public async Task PassphrasesHaveTheSameForm(string arguments, string form)
    {
        Assert.Matches(form, await OfficialAsync(_both.NewProfile(), arguments));
        PassphraseOptions options = PassphrasesFor(arguments.Split(' '));
        Assert.All(Many(() => PassphraseGenerator.Generate(options)), phrase => Assert.Matches(form, phrase));
    }

    [Fact]
    public async Task TheirWordsAreThoseOfOurList()
    {
        using Stream list = typeof(PassphraseGenerator).Assembly.GetManifestResourceStream("Bitwarden.Core.Generators.eff_large_wordlist.txt")!;
        using StreamReader reader = new(list);
        HashSet<string> words = [.. (await reader.ReadToEndAsync()).Split('\n')];
        string official = await OfficialAsync(_both.NewProfile(), "-p --words 20 --separator _");
        Assert.All(official.Split('_'), word => Assert.Contains(word, words));
    }

    [Fact]
    public async Task BothObeyTheRulesOfAnOrganization()
    {
        const string Form = "^(?=(.*[0-9]){4})(?=.*[!@#$%^&*])(?=.*[A-Z])[a-zA-Z0-9!@#$%^&*]{25}$";
        TestAccount account = _both.Server.Argon2id;
        Guid organization = _both.Server.AddOrganization(account, "Strict");
        JsonObject rules = new()
        {
            ["minLength"] = 25, ["useUpper"] = true, ["useNumbers"] = true, ["minNumbers"] = 4, ["useSpecial"] = true, ["minSpecial"] = 1,
            ["minNumberWords"] = 7, ["capitalize"] = true, ["includeNumber"] = true,
        };
        _both.Server.SetPolicy(account, organization, type: 2, data: rules);
        OfficialClient official = _both.NewProfile();
        (await official.LoginWithPasswordAsync(account)).Success();
        Assert.Matches(Form, await OfficialAsync(official, "-l --length 8"));

        BitwardenSession ours = await _both.Comparison.OpenSessionAsync(account);
        PasswordOptions options = ours.GetVault().GeneratorRules.Apply(PasswordsFor(["-l", "--length", "8"]));
        Assert.All(Many(() => PasswordGenerator.Generate(options)), password => Assert.Matches(Form, password));

        const string Words = @"^(?=\D*[0-9]\D*$)[A-Z][a-z-]{2,8}[0-9]?(_[A-Z][a-z-]{2,8}[0-9]?){6}$";
        Assert.Matches(Words, await OfficialAsync(official, "-p --words 3 --separator _"));
        PassphraseOptions phrases = ours.GetVault().GeneratorRules.Apply(new PassphraseOptions { Words = 3, Separator = "_" });
        Assert.All(Many(() => PassphraseGenerator.Generate(phrases)), phrase => Assert.Matches(Words, phrase));
    }

    // The official client leaves out every kind that is not named, unless none is.
    private static PasswordOptions PasswordsFor(string[] arguments)
    {
        bool none = !arguments.Any(argument => argument is "-u" or "-l" or "-n" or "-s");
        return new PasswordOptions
        {
            Length = Number(arguments, "--length") ?? 14,
            Uppercase = none || arguments.Contains("-u"),
            Lowercase = none || arguments.Contains("-l"),
            Digits = none || arguments.Contains("-n"),
            Special = arguments.Contains("-s"),
            MinimumDigits = Number(arguments, "--minNumber") ?? 1,
            MinimumSpecial = Number(arguments, "--minSpecial") ?? 1,
            AvoidAmbiguous = arguments.Contains("--ambiguous"),
        };
    }

    private static PassphraseOptions PassphrasesFor(string[] arguments)
    {
        int separator = Array.IndexOf(arguments, "--separator");
        string named = separator < 0 ? "-" : arguments[separator + 1];
        return new PassphraseOptions
        {
            Words = Number(arguments, "--words") ?? 6,
            Separator = named switch { "space" => " ", "empty" => string.Empty, _ => named },
            Capitalize = arguments.Contains("-c"),
            IncludeNumber = arguments.Contains("--includeNumber"),
        };
    }

    private static int? Number(string[] arguments, string name) =>
        Array.IndexOf(arguments, name) is int index and >= 0 ? int.Parse(arguments[index + 1], System.Globalization.CultureInfo.InvariantCulture) : null;

    private static Task<string> OfficialAsync(OfficialClient official, string arguments) =>
        official.TextAsync(["generate", .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

    private static string[] Many(Func<SecretBytes> generate) => [.. Enumerable.Range(0, Tries).Select(_ =>
    {
        using SecretBytes made = generate();
        return made.RevealText();
    })];
}
