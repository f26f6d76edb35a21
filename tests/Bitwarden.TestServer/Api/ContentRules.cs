using System.Collections;
using System.Reflection;
using Bitwarden.TestServer.Vault;

namespace Bitwarden.TestServer.Api;

/// <summary>Checks every encrypted text of a request for shape and length, and what is required (protocol 7.4).</summary>
internal static class ContentRules
{
    private const int DefaultLength = 1000;

    internal static void Check(CipherContent content)
    {
        CheckRequired("Name", content.Name);
        CheckMembers("", content);
    }

    internal static void CheckName(string? name)
    {
        CheckRequired("Name", name);
        CheckText("Name", name!, DefaultLength);
    }

    internal static void Check(Dictionary<string, AttachmentNaming>? attachments)
    {
        foreach ((string id, AttachmentNaming named) in attachments ?? [])
        {
            CheckMembers($"Attachments2[{id}].", named);
        }
    }

    private static void CheckRequired(string member, object? value)
    {
        if (value is null)
        {
            throw ApiException.ModelState(member, $"The {member} field is required.");
        }
    }

    private static void CheckMembers(string prefix, object holder)
    {
        foreach (PropertyInfo property in holder.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            int maximum = property.GetCustomAttribute<EncryptedLengthAttribute>()?.Maximum ?? DefaultLength;
            CheckValue(prefix + property.Name, property.GetValue(holder), maximum);
        }

        if (holder is PasswordHistoryData history)
        {
            CheckRequired("Password", history.Password);
            CheckRequired("LastUsedDate", history.LastUsedDate);
        }
    }

    private static void CheckValue(string path, object? value, int maximum)
    {
        switch (value)
        {
            case string text:
                CheckText(path, text, maximum);
                break;
            case IEnumerable list:
                CheckList(path, list);
                break;
            case not null when value.GetType().Namespace == typeof(CipherContent).Namespace:
                CheckMembers(path + ".", value);
                break;
        }
    }

    private static void CheckList(string path, IEnumerable list)
    {
        int index = 0;
        foreach (object entry in list)
        {
            CheckMembers($"{path}[{index++}].", entry);
        }
    }

    private static void CheckText(string path, string text, int maximum)
    {
        string member = path[(path.LastIndexOf('.') + 1)..];
        if (!EncryptedText.IsValid(text))
        {
            throw ApiException.ModelState(path, $"{member} is not a valid encrypted string.");
        }

        if (text.Length > maximum)
        {
            throw ApiException.ModelState(path, $"The field {member} exceeds the maximum encrypted value length of {maximum} characters.");
        }
    }
}
