# Dot-sourced by the suites of dataflows: the module, and the stand-in with a table of three rows, a connection
# that may read it, a dataset, and two mappings: one that fits, and one by which the row whose note is no number is left out.
. $PSScriptRoot/ModuleUnderTest.ps1
Import-Module $ModuleManifest
. $PSScriptRoot/SecureText.ps1
. $PSScriptRoot/LocalRequests.ps1
$adx = Connect-Adx -Local
$null = Connect-Flow -Local
$table = New-AdxTable Weather 'Id:string', 'Degrees:real', 'At:datetime', 'Note:string'
$now = [datetimeoffset]::UtcNow
$null = '1', '2', 'x' | ForEach-Object { [pscustomobject]@{ Id = "id$_"; Degrees = 20.5; At = $now.UtcDateTime.AddMinutes(-10); Note = $_ } } | Send-AdxData Weather -Wait
$reader = [pscredential]::new('4c7e82bd-6adb-46c3-b413-fdd44834c69b', (Get-SecureText 'kEy-of-the-principal'))
$connection = New-FlowConnection ADX -Credential $reader -TenantId '9752a91d-8e15-44e2-aa72-e9f8e12c3ec5' -AdxConnection $adx -GrantViewer 6>$null
$dataset = $table | New-FlowDataset Weather -ErrorDiagnostics
$mapping = $dataset | New-FlowMapping Weather -Column $table.Columns
$namespace = $mapping.Fields[0].Destination.Split('.')[0]
$lossyMapping = $dataset | New-FlowMapping Lossy -Field @{ "$namespace.Id" = 'Id'; "$namespace.Degrees" = 'Note' }
$window = @{ WindowStart = $now.AddHours(-1); WindowEnd = $now.AddMinutes(1) }

# A flow of the table, with a name of its own.
function Add-WeatherFlow([string] $Name, [hashtable] $With = @{}) {
    $arguments = @{ ConnectionId = $connection.Id; Table = 'Weather'; DatasetId = $dataset.Id; MappingId = $mapping.Id }
    foreach ($key in $With.Keys) { $arguments[$key] = $With[$key] }
    New-Flow $Name @arguments
}

# The requests that changed something at Adobe's side while a script ran, as method and path below the service.
function Get-FlowChange([scriptblock] $Script) {
    Get-LocalRequest $Script | Where-Object Method -In 'POST', 'PATCH', 'PUT', 'DELETE' | Where-Object Path -Like '/flow/*' | ForEach-Object { "$($_.Method) $($_.Path -replace '^/flow/data/foundation/\w+(-\w+)?')" }
}
