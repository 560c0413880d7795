# The ids of the errors: about_AdxFlow_Errors names each that the module uses, with a category that PowerShell has, and no other.

BeforeDiscovery {
    . $PSScriptRoot/ModuleUnderTest.ps1
    $page = "$root/docs/about_AdxFlow_Errors.md"
    # An id is a literal of the sources that is neither the noun of a cmdlet nor a part of the product's own name.
    $nouns = (Import-PowerShellDataFile $ModuleManifest).CmdletsToExport | ForEach-Object { $_.Split('-')[1] }
    $used = @(
        Get-ChildItem "$root/src/AdxFlow.Core", "$root/src/AdxFlow.PowerShell" -Filter *.cs -Recurse |
            Where-Object FullName -NotMatch '[\\/](obj|bin)[\\/]' |
            Select-String -CaseSensitive '^(?!\s*///)(?!.*\[Cmdlet\().*"(Adx|Flow)[A-Z]' |
            ForEach-Object { [regex]::Matches($_.Line, '"((?:Adx|Flow)[A-Z]\w+)"') } |
            ForEach-Object { $_.Groups[1].Value } |
            Where-Object { $_ -notin $nouns -and $_ -notlike 'AdxFlow*' } |
            Sort-Object -Unique
    )
    $told = @(
        Select-String -Path $page -Pattern '^((?:Adx|Flow)\w+) \((\w+)\)$' |
            ForEach-Object { @{ Id = $_.Matches[0].Groups[1].Value; Category = $_.Matches[0].Groups[2].Value; Used = $used } }
    )
    $needed = $used | ForEach-Object { @{ Id = $_; Told = $told.Id } }
}

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    Import-Module $ModuleManifest
    . $PSScriptRoot/LocalRequests.ps1
    $null = Connect-Adx -Local
}

AfterAll {
    Stop-AdxLocal
}

Describe 'The page of the errors' {
    It 'names <Id>, which the module uses' -ForEach $needed {
        $Told | Should -Contain $Id
    }

    It 'names <Id> with a category of PowerShell, and the module uses it' -ForEach $told {
        [enum]::GetNames([System.Management.Automation.ErrorCategory]) | Should -Contain $Category
        $Used | Should -Contain $Id
    }

    It 'names each once, in order' -TestCases @{ Told = $told.Id } {
        $Told.Count | Should -BeGreaterThan 50
        $Told | Should -BeExactly ($Told | Sort-Object -Unique)
    }

    It 'comes with the module, and Get-Help finds it' {
        Get-Help about_AdxFlow_Errors | Out-String | Should -BeLike '*AdxQueryPartial*'
    }
}

Describe 'An error of a call' {
    It 'says what to do, also to a script in strict mode: <Id>' -ForEach @(
        @{ Id = 'AdxRowRejected'; Call = { [pscustomobject]@{ Id = 'x' } | Send-AdxData Advised -ErrorAction Stop } }
        @{ Id = 'AdxFileEmpty'; Call = { Set-Content "$TestDrive/empty.csv" '' -NoNewline; Send-AdxData Advised -Path "$TestDrive/empty.csv" -ErrorAction Stop } }
        @{ Id = 'AdxFileUnreadable'; Call = { Set-Content "$TestDrive/no.csv.gz" '1'; Send-AdxData Advised -Path "$TestDrive/no.csv.gz" -ErrorAction Stop } }
        @{ Id = 'AdxInvalidCombination'; Call = { [pscustomobject]@{ Id = 1 } | Send-AdxData Advised -MappingName m } }
        @{ Id = 'AdxInvalidBatch'; Call = { [pscustomobject]@{ Id = 1 } | Send-AdxData Advised -BatchInterval ([timespan]::MaxValue) } }
        @{ Id = 'AdxReaderHasNoColumns'; Call = { $data = [System.Data.DataTable]::new(); $null = $data.Columns.Add('Other'); Send-AdxData Advised -DataReader $data.CreateDataReader() } }
        @{ Id = 'AdxLocalFaultInvalid'; Call = { Add-AdxLocalFault ConnectionReset -RetryAfter 1s } }
        @{ Id = 'AdxLocalFaultNotFound'; Call = { Remove-AdxLocalFault 4711 -ErrorAction Stop } }
        @{ Id = 'AdxLocalPathUnusable'; Call = { Set-Content "$TestDrive/file" ''; Stop-AdxLocal -Confirm:$false; try { Start-AdxLocal -Path "$TestDrive/file/below" } finally { $null = Connect-Adx -Local } } }
    ) {
        Set-StrictMode -Version Latest
        $null = New-AdxTable Advised 'Id:long'
        $failure = try { $null = & $Call } catch { $_ }
        $failure.FullyQualifiedErrorId | Should -BeLike "$Id,*"
        $failure.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        $failure.ErrorDetails.Message | Should -BeExactly $failure.Exception.Message
    }
}

Describe 'An error of the service' {
    It 'has the facts that the service gave, within reach' {
        $failure = Get-Failure { Invoke-AdxQuery 'T | where' }
        $failure.Exception.ErrorId | Should -BeExactly 'AdxQueryFailed'
        $failure.Exception.ServiceCode | Should -BeExactly 'SYN0002'
        $failure.Exception.StatusCode | Should -Be 400
        $failure.Exception.IsPermanent | Should -BeTrue
        $failure.Exception.ClientRequestId | Should -BeLike 'AdxFlow.Invoke-AdxQuery;*'
        $failure.Exception.ActivityId | Should -Not -BeNullOrEmpty
        $failure.Exception.Message.Length | Should -BeLessThan 300 -Because 'it is what went wrong, and no trace'
    }

    It 'of status <Status> is <Id>, <Category>' -ForEach @(
        @{ Status = 403; Id = 'AdxForbidden'; Category = 'PermissionDenied'; Permanent = $true }
        # The answer itself says that it is permanent, and is believed.
        @{ Status = 412; Id = 'AdxClusterStopped'; Category = 'ResourceUnavailable'; Permanent = $true }
        @{ Status = 413; Id = 'AdxRequestTooLarge'; Category = 'LimitsExceeded'; Permanent = $true }
        @{ Status = 502; Id = 'AdxServiceError'; Category = 'ResourceUnavailable'; Permanent = $false }
        @{ Status = 504; Id = 'AdxTimeout'; Category = 'OperationTimeout'; Permanent = $false }
        @{ Status = 520; Id = 'AdxServiceError'; Category = 'ResourceUnavailable'; Permanent = $false }
    ) {
        Add-LocalFault Query -StatusCode $Status
        $failure = Get-Failure { Invoke-AdxQuery 'print 1' }
        $failure.FullyQualifiedErrorId | Should -BeLike "$Id,*"
        $failure.CategoryInfo.Category | Should -Be $Category
        $failure.Exception.IsPermanent | Should -Be $Permanent
        $failure.Exception.StatusCode | Should -Be $Status
        $failure.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }
}
