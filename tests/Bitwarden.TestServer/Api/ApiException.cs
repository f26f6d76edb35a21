namespace Bitwarden.TestServer.Api;

/// <summary>An error answer of the Api service.</summary>
internal sealed class ApiException(int status, string message, Dictionary<string, string[]>? validationErrors = null) : Exception(message)
{
    private const string ModelStateMessage = "The model state is invalid.";

    internal int Status { get; } = status;

    internal Dictionary<string, string[]>? ValidationErrors { get; } = validationErrors;

    internal static ApiException NotFound() => new(StatusCodes.Status404NotFound, "Resource not found.");

    internal static ApiException Unhandled() => new(StatusCodes.Status500InternalServerError, "An unhandled server error has occurred.");

    internal static ApiException BadRequest(string message) => new(StatusCodes.Status400BadRequest, message);

    internal static ApiException ModelState(string member, string message) =>
        new(StatusCodes.Status400BadRequest, ModelStateMessage, new() { [member] = [message] });
}
