# Connections are deleted one by one, and what is in use stays.

BeforeDiscovery {
    . $PSScriptRoot/ModuleUnderTest.ps1
    $parameters = @(
        @{ Parameter = 'ConnectionId'; Form = 'String[], mandatory, position 0, by name' }
        @{ Parameter = 'Session'; Form = 'FlowSession' }
    )
}

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    . $PSScriptRoot/ParameterForm.ps1
    . $PSScriptRoot/SecureText.ps1
    Import-Module $ModuleManifest
    . $PSScriptRoot/LocalRequests.ps1
    $adx = Connect-Adx -Local
    $null = Connect-Flow -Local
    $reader = [pscredential]::new('4c7e82bd-6adb-46c3-b413-fdd44834c69b', (Get-SecureText 'key'))
    function Add-Connection([string] $Name) { New-FlowConnection $Name -Credential $reader -TenantId contoso.com -AdxConnection $adx }
}

AfterAll {
    Stop-AdxLocal
}

Describe 'The parameters of Remove-FlowConnection' {
    It '<Parameter> is: <Form>' -ForEach $parameters {
        Get-ParameterForm Remove-FlowConnection $Parameter '*' | Should -BeExactly $Form
    }

    It 'it asks first' {
        (Get-Command Remove-FlowConnection).ImplementingType.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $false).ConfirmImpact | Should -Be 'High'
    }
}

Describe 'Remove-FlowConnection' {
    It 'deletes by id and from the pipeline' {
        $made = 'A', 'B', 'C' | ForEach-Object { Add-Connection $_ }
        Remove-FlowConnection $made[0].Id -Confirm:$false | Should -BeNullOrEmpty
        Get-FlowConnection 'B' | Remove-FlowConnection -Confirm:$false
        (Get-FlowConnection).Name | Should -BeExactly 'C'
    }

    It 'is no longer completed' {
        $made = Add-Connection Completed
        Remove-FlowConnection $made.Id -Confirm:$false
        (TabExpansion2 'Test-FlowConnection Completed').CompletionMatches.CompletionText | Should -Not -Contain $made.Id
    }

    It 'says of an id that it is missing, and goes on' {
        $made = Add-Connection D
        Remove-FlowConnection 00000000-0000-0000-0000-000000000001, $made.Id -Confirm:$false -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'FlowNotFound,*'
        Get-FlowConnection 'D*' | Should -BeNullOrEmpty
    }

    It 'takes an answer that was lost for what it was' {
        $made = Add-Connection Lost
        Add-LocalFault Flow -StatusCode 503 -AfterAction
        { Remove-FlowConnection $made.Id -Confirm:$false -ErrorAction Stop } | Should -Not -Throw
        Get-FlowConnection 'Lost*' | Should -BeNullOrEmpty
    }

    It 'keeps one that a flow uses, and names the flow' {
        $null = New-AdxTable Events 'Id:long', 'At:datetime'
        $null = Grant-AdxRole 'aadapp=4c7e82bd-6adb-46c3-b413-fdd44834c69b;contoso.com' Viewer
        $made = Add-Connection Used
        $dataset = New-FlowDataset Events -Column 'Id:long', 'At:datetime'
        $mapping = New-FlowMapping Events -DatasetId $dataset.DatasetId -Column Id, At
        $null = New-Flow Hourly -ConnectionId $made.Id -Table Events -DatasetId $dataset.DatasetId -MappingId $mapping.MappingId -Frequency Hour -Interval 1 -DeltaColumn At -StartTime ([datetime]::UtcNow.AddHours(1))
        $failure = Get-Failure { $made | Remove-FlowConnection -Confirm:$false -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeLike 'FlowInUse,*'
        $failure.CategoryInfo.Category | Should -Be 'InvalidOperation'
        $failure.Exception.ServiceCode | Should -BeExactly 'FLOW-1418-400'
        $failure.Exception.Message | Should -BeLike "*flow 'Hourly' (enabled)*not removed*"
        $failure.ErrorDetails.RecommendedAction | Should -BeLike '*Remove-Flow*'
        (Get-FlowConnection Used).State | Should -BeExactly 'enabled'
    }
}
