using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Security;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Generators;
using Bitwarden.Core.Matching;
using Bitwarden.Core.Vault;
using Bitwarden.Core.Vault.Editing;
using Bitwarden.PowerShell.Errors;

namespace Bitwarden.PowerShell.Binding;

/// <summary>Makes an edit of what a user gave, by the names of parameters. The table of kinds says which of them are values of an item.</summary>
internal sealed class ItemInput
{
    private static readonly string[] s_selectors =
        [.. ItemTypes.All.SelectMany(type => type.Members).Append(ItemMember.Notes).Select(member => member.Selector).Distinct(StringComparer.Ordinal)];

    private readonly IReadOnlyDictionary<string, object?> _given;
    private readonly bool _canClear;

    /// <param name="given">Values by the names of parameters; case is ignored.</param>
    /// <param name="canClear">Whether an empty value takes away what is there; otherwise it is an error.</param>
    internal ItemInput(IReadOnlyDictionary<string, object?> given, bool canClear)
    {
        _given = given;
        _canClear = canClear;
    }

    /// <summary>The names of the parameters that this class reads.</summary>
    internal static IEnumerable<string> Names => s_selectors.Concat(["Credential", "GeneratePassword", "Uri", "UriMatch", "Field", "Favorite", "Reprompt"]);

    /// <exception cref="InvalidInputException">InvalidItem: a value is empty, or two contradict each other.</exception>
    internal void Fill(ItemEdit edit)
    {
        EnsureOnePassword();
        foreach (string selector in s_selectors.Where(_given.ContainsKey))
        {
            edit.Set(selector, Bytes(selector, _given[selector]));
        }

        FillLogin(edit);
        if (_given.TryGetValue("Field", out object? fields))
        {
            FillFields(edit, (IDictionary)fields!);
        }

        edit.Favorite = Switch("Favorite");
        edit.Reprompt = Switch("Reprompt");
    }

    /// <summary>Whether a text was given; an empty one only where that takes something away.</summary>
    /// <exception cref="InvalidInputException">InvalidItem: it is empty or blank.</exception>
    internal bool TryGetText(string name, out string text)
    {
        text = _given.TryGetValue(name, out object? value) ? value?.ToString() ?? string.Empty : string.Empty;
        if (value is not null || _given.ContainsKey(name))
        {
            EnsureUseful(name, text);
            return true;
        }

        return false;
    }

    /// <summary>What organizations demand of a password that is made up.</summary>
    internal GeneratorRules Rules { get; init; } = GeneratorRules.None;

    /// <summary>A switch that was given, on or off; null for one that was not.</summary>
    internal bool? Switch(string name) => _given.TryGetValue(name, out object? value) ? LanguagePrimitives.IsTrue(value) : null;

    private void EnsureOnePassword()
    {
        bool credential = _given.ContainsKey("Credential");
        bool generated = Switch("GeneratePassword") == true;
        if ((credential && (generated || _given.ContainsKey("password") || _given.ContainsKey("username"))) || (generated && _given.ContainsKey("password")))
        {
            throw InputErrors.PasswordGivenTwice();
        }
    }

    private void FillLogin(ItemEdit edit)
    {
        if (_given.TryGetValue("Credential", out object? value) && value is PSCredential credential)
        {
            edit.Set("username", Bytes("Credential", Demand("Credential", credential.UserName)));
            edit.Set("password", Bytes("Credential", credential.Password.Length > 0 ? credential.Password : throw InputErrors.Empty("Credential")));
        }

        if (Switch("GeneratePassword") == true)
        {
            edit.Set("password", PasswordGenerator.Generate(Rules.Apply(new PasswordOptions())));
        }

        if (_given.TryGetValue("Uri", out object? uris))
        {
            edit.Addresses = [.. Addresses(uris)];
        }
        else if (_given.ContainsKey("UriMatch"))
        {
            throw InputErrors.MatchWithoutUri();
        }
    }

    // Nothing, or nothing but one empty text, takes all addresses away.
    private IEnumerable<AddressEdit> Addresses(object? given)
    {
        string[] texts = given is string[] list ? list : given is null ? [] : [LanguagePrimitives.ConvertTo<string>(given)];
        if (texts.Length == 0 || (texts.Length == 1 && string.IsNullOrEmpty(texts[0])))
        {
            return _canClear ? [] : throw InputErrors.Empty("Uri");
        }

        UriMatch? match = _given.GetValueOrDefault("UriMatch") as UriMatch?;
        return texts.Select(text => new AddressEdit(Demand("Uri", text), match));
    }

    private void FillFields(ItemEdit edit, IDictionary fields)
    {
        foreach (string name in fields is Hashtable ? NamesOf(fields).Order(StringComparer.OrdinalIgnoreCase) : NamesOf(fields))
        {
            SetField(edit, Demand("Field", name), Unwrap(fields[KeyOf(fields, name)]));
        }
    }

    private void SetField(ItemEdit edit, string name, object? value)
    {
        switch (value)
        {
            case null when _canClear:
                edit.RemoveField(name);
                break;
            case null:
                throw InputErrors.Empty($"Field '{name}'");
            case bool flag:
                edit.SetField(name, SecretBytes.FromCharacters(flag ? "true" : "false"), FieldType.Boolean);
                break;
            case SecureString or SealedSecret:
                edit.SetField(name, Bytes(value), FieldType.Hidden);
                break;
            default:
                edit.SetField(name, SecretBytes.FromCharacters(LanguagePrimitives.ConvertTo<string>(value)));
                break;
        }
    }

    private static IEnumerable<string> NamesOf(IDictionary fields) => fields.Keys.Cast<object>().Select(key => $"{key}");

    private static object KeyOf(IDictionary fields, string name) => fields.Keys.Cast<object>().First(key => $"{key}" == name);

    private SecretBytes? Bytes(string name, object? value)
    {
        object? plain = Unwrap(value);
        if (plain is SecureString or SealedSecret)
        {
            SecretBytes secret = Bytes(plain);
            bool isUseful = secret.Length > 0 ? !IsBlankNote(name, secret) : _canClear;
            return isUseful ? secret : throw InputErrors.Empty(name);
        }

        string text = Convert.ToString(plain, CultureInfo.InvariantCulture) ?? string.Empty;
        EnsureUseful(name, text);
        return SecretBytes.FromCharacters(text);
    }

    // A password of blanks is one; notes of blanks are a variable that nobody set.
    private static bool IsBlankNote(string name, SecretBytes value) => name == ItemMember.Notes.Selector && value.Span.Trim(" \t\r\n"u8).Length == 0;

    private static SecretBytes Bytes(object secret) => secret is SealedSecret known ? known.Decrypt() : SecretBytes.FromSecureString((SecureString)secret);

    private void EnsureUseful(string name, string text)
    {
        if (text.Length > 0 || !_canClear)
        {
            Demand(name, text);
        }
    }

    private static string Demand(string name, string? text) => string.IsNullOrWhiteSpace(text) ? throw InputErrors.Empty(name) : text;

    private static object? Unwrap(object? value) => value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
}
