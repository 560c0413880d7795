using System.Security.Cryptography;
using System.Text;
using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Tables;
using static AdxFlow.Local.Kql.Functions.ResultNameRule;

namespace AdxFlow.Local.Kql.Functions;

/// <summary>
/// Hashes of text, and of points in time, of which the documentation has an example: it is that of their text. What is hashed of
/// other types is not documented.
/// </summary>
internal static class HashFunctions
{
    public static IEnumerable<ScalarFunction> All { get; } =
    [
        Hash("hash_sha256", SHA256.HashData),
        Hash("hash_sha1", SHA1Of),
        Hash("hash_md5", MD5Of),
    ];

    private static ScalarFunction Hash(string name, Func<byte[], byte[]> function) => new(name, None, call =>
    {
        call.ExpectCount(1, 1);
        if (call.Arguments[0].Type is not (KustoType.String or KustoType.DateTime)) throw call.NotSupported($"'{name}()' of {KustoTypes.Name(call.Arguments[0].Type)}", "Cast it: tostring().");
        return KernelExpression.Create(KustoType.String, Kernels.Map<string, string>(KustoType.String, s => Convert.ToHexString(function(Encoding.UTF8.GetBytes(s))).ToLowerInvariant()), Conversion.ToText(call.Arguments[0]));
    });

#pragma warning disable CA5350, CA5351 // The language has these functions; nothing is protected by them.
    private static byte[] SHA1Of(byte[] data) => SHA1.HashData(data);

    private static byte[] MD5Of(byte[] data) => MD5.HashData(data);
#pragma warning restore CA5350, CA5351
}
