using System.Security.Cryptography;
using System.Text;
using Bitwarden.Core.Errors;
using Bitwarden.PowerShell.Errors;

namespace Bitwarden.PowerShell.Pipelines;

/// <summary>A file of variables that an agent reads after the step or the job: GITHUB_ENV, GITHUB_OUTPUT, a dotenv report.</summary>
internal static class AssignmentFile
{
    private const int DelimiterBytes = 16;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>A variable in the form with a delimiter, the only one for more than one line. Lines end as the runner's own system ends them.</summary>
    internal static string HereDocument(PipelineVariable variable)
    {
        string delimiter = DelimiterFor(variable.Value, () => $"bw_{Convert.ToHexString(RandomNumberGenerator.GetBytes(DelimiterBytes))}");
        return string.Concat(
            variable.Name, "<<", delimiter, Environment.NewLine, variable.Value, Environment.NewLine, delimiter, Environment.NewLine);
    }

    /// <summary>A delimiter that is nowhere in the value: who knows it could end the value early, and add variables behind it.</summary>
    internal static string DelimiterFor(string value, Func<string> generate)
    {
        while (true)
        {
            string delimiter = generate();
            if (!value.Contains(delimiter, StringComparison.Ordinal))
            {
                return delimiter;
            }
        }
    }

    /// <summary>A line of a dotenv report. Quotes are part of the value there.</summary>
    internal static string DotEnvLine(PipelineVariable variable) => $"{variable.Name}={variable.Value}\n";

    /// <summary>Whether a dotenv report has a variable already: GitLab refuses the whole file then.</summary>
    /// <exception cref="LocalFileException">FileUnusable.</exception>
    internal static void EnsureNew(string path, string name)
    {
        try
        {
            if (File.Exists(path) && File.ReadLines(path).Any(line => line.StartsWith($"{name}=", StringComparison.Ordinal)))
            {
                throw InputErrors.PipelineVariable(name, "the file has it already");
            }
        }
        catch (Exception e) when (LocalFileException.IsReason(e))
        {
            throw LocalFileException.Unreadable(path, e);
        }
    }

    /// <summary>Writes behind what is there. A file that is new is its owner's only.</summary>
    /// <exception cref="LocalFileException">FileUnusable.</exception>
    internal static void Append(string path, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        try
        {
            using FileStream stream = new(path, Options());
            if (!EndsWithLine(stream))
            {
                stream.Write("\n"u8);
            }

            stream.Write(bytes);
        }
        catch (Exception e) when (LocalFileException.IsReason(e))
        {
            throw LocalFileException.Unwritable(path, e);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    private static FileStreamOptions Options()
    {
        FileStreamOptions options = new() { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.Read, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return options;
    }

    // Leaves the stream at its end.
    private static bool EndsWithLine(FileStream stream)
    {
        if (stream.Length == 0)
        {
            return true;
        }

        stream.Seek(-1, SeekOrigin.End);
        return stream.ReadByte() == '\n';
    }
}
